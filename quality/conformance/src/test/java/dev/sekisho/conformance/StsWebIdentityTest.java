package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.sekisho.server.Options;
import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** AssumeRoleWithWebIdentity with tokens of a real issuer, good ones and forged ones. */
class StsWebIdentityTest {

  private static final String ROLE = "arn:aws:iam::000000000001:role/web";
  private static final String DENIED = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
  private static final String NO_KEY =
      "Couldn't retrieve verification key from your identity provider,  please reference"
          + " AssumeRoleWithWebIdentity documentation for requirements";
  private static final String NO_JWT =
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
          + " Token)";
  private static final String NOT_VALIDATED =
      "The web identity token that was passed could not be validated by AWS. Get a new identity"
          + " token from the identity provider and then retry the request.";

  private SekishoInstance sekisho;
  private OidcIssuer issuer;
  private IamClient iam;
  private StsClient anonymous;
  private String provider;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    issuer = new OidcIssuer();
    sekisho = SekishoInstance.start(folder, Options::withPrivateIssuers);
    iam = sekisho.client(IamClient.builder());
    provider =
        iam.createOpenIDConnectProvider(r -> r.url(issuer.url()).clientIDList("app", "other-app"))
            .openIDConnectProviderArn();
    iam.createRole(r ->
        r.roleName("web")
            .assumeRolePolicyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"Federated":"%s"},
                "Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession",
                "sts:SetSourceIdentity"],
                "Condition":{"StringEquals":{"%s:aud":"app"},
                "StringLike":{"%s:sub":"repo:*"}}}]}
                """
                    .formatted(provider, issuer.name(), issuer.name())));
    iam.putRolePolicy(r ->
        r.roleName("web")
            .policyName("own")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:GetRole",
                "Resource":"*","Condition":{"StringEquals":{"%s:sub":"repo:one",
                "aws:FederatedProvider":"%s"}}},
                {"Effect":"Allow","Action":"iam:ListRoles","Resource":"*",
                "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}]}
                """
                    .formatted(issuer.name(), provider)));
    anonymous =
        StsClient.builder()
            .endpointOverride(sekisho.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterEach
  void stop() {
    anonymous.close();
    iam.close();
    sekisho.close();
    issuer.close();
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = sekisho.clock().instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer.url())
        .subject("repo:one")
        .audience("app")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
  }

  private AssumeRoleWithWebIdentityResponse assume(String token) {
    return anonymous.assumeRoleWithWebIdentity(
        r -> r.roleArn(ROLE).roleSessionName("session").webIdentityToken(token));
  }

  private void refusedToken(String message, String token) {
    refused("InvalidIdentityToken", 400, message, () -> assume(token));
  }

  private IamClient as(Credentials given) {
    return sekisho.client(
        IamClient.builder(),
        AwsSessionCredentials.create(
            given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
  }

  @Test
  void theProviderIsFoundWithTheThumbprintOfItsAuthority() throws Exception {
    assertThat(iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(provider)))
        .satisfies(found -> {
          assertThat(found.thumbprintList()).containsExactly(issuer.thumbprint());
          assertThat(found.url()).isEqualTo(issuer.name());
        });
  }

  @Test
  void aGoodTokenGivesASessionThatKnowsWhoVouchedForIt() throws Exception {
    AssumeRoleWithWebIdentityResponse assumed = assume(issuer.token(claims().build()));

    assertThat(assumed.provider()).isEqualTo(provider);
    assertThat(assumed.audience()).isEqualTo("app");
    assertThat(assumed.subjectFromWebIdentityToken()).isEqualTo("repo:one");
    assertThat(assumed.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::000000000001:assumed-role/web/session");
    assertThat(Duration.between(sekisho.clock().instant(), assumed.credentials().expiration()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
    try (IamClient session = as(assumed.credentials())) {
      assertThat(session.getRole(r -> r.roleName("web")).role().arn()).isEqualTo(ROLE);
    }
    JsonNode made = event("AssumeRoleWithWebIdentity").get("userIdentity");
    assertThat(made.get("type").asText()).isEqualTo("WebIdentityUser");
    assertThat(made.get("principalId").asText()).isEqualTo(provider + ":app:repo:one");
    assertThat(made.get("userName").asText()).isEqualTo("repo:one");
    assertThat(made.get("identityProvider").asText()).isEqualTo(provider);
    JsonNode used = event("GetRole").get("userIdentity").get("sessionContext");
    assertThat(used.get("webIdFederationData").get("federatedProvider").asText())
        .isEqualTo(provider);
    assertThat(
            used.get("webIdFederationData").get("attributes").get(issuer.name() + ":sub").asText())
        .isEqualTo("repo:one");
  }

  private JsonNode event(String name) throws Exception {
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      String record =
          trail
              .lookupEvents(r ->
                  r.lookupAttributes(
                      a -> a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue(name)))
              .events()
              .getFirst()
              .cloudTrailEvent();
      assertThat(record).doesNotContain("eyJ");
      return new ObjectMapper().readTree(record);
    }
  }

  @Test
  void aTokenOnACurveIsTaken() throws Exception {
    assertThat(assume(issuer.curveToken(claims().build())).subjectFromWebIdentityToken())
        .isEqualTo("repo:one");
  }

  @Test
  void tagsAndTheSourceComeFromTheToken() throws Exception {
    JWTClaimsSet claims =
        claims()
            .claim(
                "https://aws.amazon.com/tags",
                Map.of(
                    "principal_tags",
                    Map.of("team", List.of("red")),
                    "transitive_tag_keys",
                    List.of("team")))
            .claim("https://aws.amazon.com/source_identity", "one@example.com")
            .build();
    AssumeRoleWithWebIdentityResponse assumed = assume(issuer.token(claims));
    assertThat(assumed.sourceIdentity()).isEqualTo("one@example.com");
    assertThat(assumed.packedPolicySize()).isPositive();
    try (IamClient session = as(assumed.credentials())) {
      assertThat(session.listRoles().roles()).isNotEmpty();
    }
  }

  @Test
  void whomTheTrustPolicyDoesNotNameIsRefused() throws Exception {
    String stranger = issuer.token(claims().subject("stranger").build());
    refused("AccessDenied", 403, DENIED, () -> assume(stranger));
    String otherApp = issuer.token(claims().audience("other-app").build());
    refused("AccessDenied", 403, DENIED, () -> assume(otherApp));
    String good = issuer.token(claims().build());
    refused(
        "AccessDenied",
        403,
        DENIED,
        () ->
            anonymous.assumeRoleWithWebIdentity(r ->
                r.roleArn("arn:aws:iam::000000000001:role/none")
                    .roleSessionName("session")
                    .webIdentityToken(good)));
  }

  @Test
  void theAuthorizedPartyIsTheAudience() throws Exception {
    refusedToken(
        "Incorrect token audience", issuer.token(claims().claim("azp", "a-third-app").build()));
    assertThat(assume(issuer.token(claims().audience("x").claim("azp", "app").build())).audience())
        .isEqualTo("app");
  }

  @Test
  void aTokenForSomebodyElseIsRefused() throws Exception {
    refusedToken("Incorrect token audience", issuer.token(claims().audience("evil").build()));
    refusedToken(
        "No OpenIDConnect provider found in your account for https://evil.example.com",
        issuer.token(claims().issuer("https://evil.example.com").build()));
  }

  @Test
  void anExpiredTokenIsRefused() throws Exception {
    Instant now = sekisho.clock().instant();
    Instant past = now.minusSeconds(60);
    String token = issuer.token(claims().expirationTime(Date.from(past)).build());
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> assume(token)))
        .isInstanceOfSatisfying(
            software.amazon.awssdk.services.sts.model.ExpiredTokenException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorMessage())
                    .startsWith("Token expired: current date/time ")
                    .endsWith("must be before the expiration date/time " + past.getEpochSecond()));
    refusedToken(
        "The ID Token provided is not valid yet.",
        issuer.token(claims().notBeforeTime(Date.from(now.plusSeconds(3_600))).build()));
    refusedToken(
        "The ID Token provided is not valid yet.",
        issuer.token(claims().issueTime(Date.from(now.plusSeconds(3_600))).build()));
  }

  @Test
  void whatMustBeThereIs() throws Exception {
    refusedToken("Missing a required claim: sub", issuer.token(claims().subject(null).build()));
    refusedToken(
        "Missing a required claim: exp", issuer.token(claims().expirationTime(null).build()));
    refusedToken("Missing a required claim: iat", issuer.token(claims().issueTime(null).build()));
    refusedToken(
        "Missing a required claim: aud", issuer.token(claims().audience(List.of()).build()));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    refusedToken(NO_JWT, new PlainJWT(claims().build()).serialize());
    refusedToken(NO_JWT, "not-a-token-at-all");
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    refusedToken(NO_JWT, header + "." + claims().build().toPayload().toBase64URL() + ".c2ln");
  }

  @Test
  void thePublicKeyIsNoSecretForAnHmac() throws Exception {
    byte[] secret = issuer.rsa().toRSAPublicKey().getEncoded();
    refusedToken(
        NO_JWT,
        OidcIssuer.sign(JWSAlgorithm.HS256, "first", new MACSigner(secret), claims().build()));
  }

  @Test
  void anAlgorithmThatAwsDoesNotTakeIsRefused() throws Exception {
    refusedToken(
        NO_JWT,
        OidcIssuer.sign(
            JWSAlgorithm.PS256, "first", new RSASSASigner(issuer.rsa()), claims().build()));
  }

  @Test
  void aStrangersKeyIsRefusedUnderWhateverId() throws Exception {
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("first").generate();
    refusedToken(
        NOT_VALIDATED,
        OidcIssuer.sign(JWSAlgorithm.RS256, "first", new RSASSASigner(stranger), claims().build()));
    refusedToken(
        NO_KEY,
        OidcIssuer.sign(
            JWSAlgorithm.RS256, "unknown", new RSASSASigner(stranger), claims().build()));
  }

  @Test
  void whatWasChangedAfterSigningIsRefused() throws Exception {
    String[] parts = issuer.token(claims().build()).split("\\.", -1);
    String other = claims().subject("repo:two").build().toPayload().toBase64URL().toString();
    refusedToken(NOT_VALIDATED, parts[0] + "." + other + "." + parts[2]);
  }

  @Test
  void aRotatedKeyIsFetchedAndTheOldOneForgotten() throws Exception {
    String old = issuer.token(claims().build());
    assume(old);
    assertThat(issuer.fetches()).isEqualTo(1);
    assume(old);
    assertThat(issuer.fetches()).isEqualTo(1);

    issuer.rotate();
    // At once the new key is not fetched: whoever makes tokens up may not make us ask all the time.
    refusedToken(NO_KEY, issuer.token(claims().build()));
    assertThat(issuer.fetches()).isEqualTo(1);
    sekisho.clock().advance(Duration.ofSeconds(30));
    assume(issuer.token(claims().build()));
    assertThat(issuer.fetches()).isEqualTo(2);
    refusedToken(NO_KEY, old);
  }

  @Test
  void aKeySetThatIsNoneOrTooLargeIsRefused() throws Exception {
    issuer.publishText("not json");
    refusedToken(NO_KEY, issuer.token(claims().build()));
    issuer.publishText("{\"keys\":[" + " ".repeat(300_000) + "]}");
    String token = issuer.token(claims().build());
    refused(
        "IDPCommunicationError",
        400,
        "The request could not be fulfilled because the identity provider (IDP) that was asked to"
            + " verify the incoming identity token could not be reached. Please try again.",
        () -> assume(token));
  }

  @Test
  void aServerNobodyVouchesForIsRefused() throws JOSEException {
    iam.updateOpenIDConnectProviderThumbprint(
        r -> r.openIDConnectProviderArn(provider).thumbprintList("ab".repeat(20)));
    refusedToken(
        "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
        issuer.token(claims().build()));
  }

  @Test
  void anIssuerThatCallsItselfOtherwiseOrIsGoneIsRefused() throws JOSEException {
    issuer.callItself("https://evil.example.com");
    String token = issuer.token(claims().build());
    String unreachable =
        "The request could not be fulfilled because the identity provider (IDP) that was asked to"
            + " verify the incoming identity token could not be reached. Please try again.";
    refused("IDPCommunicationError", 400, unreachable, () -> assume(token));
    issuer.close();
    refused("IDPCommunicationError", 400, unreachable, () -> assume(token));
  }

  @Test
  void thePrivateNetworkIsNotCalledUnlessItIsAllowed(@TempDir Path other) throws Exception {
    try (SekishoInstance careful = SekishoInstance.start(other);
        IamClient client = careful.client(IamClient.builder())) {
      refused(
          "OpenIdIdpCommunicationError",
          400,
          "Unable to reach the OpenID Connect provider at " + issuer.url() + ".",
          () -> client.createOpenIDConnectProvider(r -> r.url(issuer.url())));
      assertThat(issuer.fetches()).isZero();
    }
  }

  @Test
  void sessionsAreNoLongerThanTheRoleAllows() throws Exception {
    String token = issuer.token(claims().build());
    refused(
        "ValidationError",
        400,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        () ->
            anonymous.assumeRoleWithWebIdentity(r ->
                r.roleArn(ROLE)
                    .roleSessionName("session")
                    .durationSeconds(7_200)
                    .webIdentityToken(token)));
  }

  @Test
  void noPolicyThatNamesEveryoneLetsSomebodyWithATokenIn() throws Exception {
    iam.updateAssumeRolePolicy(r ->
        r.roleName("web")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},
                "Action":"sts:*"}]}
                """));
    String token = issuer.token(claims().build());
    refused("AccessDenied", 403, DENIED, () -> assume(token));
  }
}
