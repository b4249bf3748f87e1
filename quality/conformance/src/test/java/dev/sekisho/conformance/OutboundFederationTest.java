package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sekisho.testing.SekishoInstance;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetWebIdentityTokenResponse;

/** Tokens by which others know an account's principals, verified as others do: by what it shows. */
class OutboundFederationTest {

  private static final String AUDIENCE = "https://api.example.com";
  private static final String OWN = "https://sts.amazonaws.com/";

  private SekishoInstance sekisho;
  private IamClient iam;
  private StsClient sts;

  @BeforeEach
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    sts = as("anybody", "*");
  }

  @AfterEach
  void stop() {
    sts.close();
    iam.close();
    sekisho.close();
  }

  private AwsCredentials user(String name, String condition) {
    iam.createUser(r -> r.userName(name).tags(Tag.builder().key("team").value("blue").build()));
    iam.putUserPolicy(r ->
        r.userName(name)
            .policyName("p")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":
                ["sts:GetWebIdentityToken","sts:TagGetWebIdentityToken","sts:AssumeRole"],
                "Resource":"*"%s}}\
                """
                    .formatted(condition.equals("*") ? "" : ",\"Condition\":" + condition)));
    var key = iam.createAccessKey(r -> r.userName(name)).accessKey();
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private StsClient as(String name, String condition) {
    return sekisho.client(StsClient.builder(), user(name, condition));
  }

  private static GetWebIdentityTokenResponse token(StsClient sts, String algorithm) {
    return sts.getWebIdentityToken(r -> r.audience(AUDIENCE).signingAlgorithm(algorithm));
  }

  private static String get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(url).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
      return answer.body();
    }
  }

  /** The claims, if the token is signed by a key that its issuer shows. */
  private static JWTClaimsSet verified(String text) throws Exception {
    SignedJWT token = SignedJWT.parse(text);
    String issuer = token.getJWTClaimsSet().getIssuer();
    Map<String, Object> shown =
        JSONObjectUtils.parse(get(issuer + "/.well-known/openid-configuration"));
    assertThat(shown).containsEntry("issuer", issuer);
    JWKSet keys = JWKSet.parse(get(String.valueOf(shown.get("jwks_uri"))));
    assertThat(keys.getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
    JWK key = keys.getKeyByKeyId(token.getHeader().getKeyID());
    JWSVerifier verifier =
        key instanceof ECKey curve ? new ECDSAVerifier(curve) : new RSASSAVerifier(key.toRSAKey());
    assertThat(token.verify(verifier)).isTrue();
    assertThat(String.valueOf(shown.get("id_token_signing_alg_values_supported")))
        .contains(token.getHeader().getAlgorithm().getName());
    return token.getJWTClaimsSet();
  }

  @Test
  void aTokenIsVerifiedByWhatItsIssuerShows() throws Exception {
    String issuer = iam.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
    var info = iam.getOutboundWebIdentityFederationInfo(r -> {});
    assertThat(info.issuerIdentifier()).isEqualTo(issuer);
    assertThat(info.jwtVendingEnabled()).isTrue();

    for (String algorithm : List.of("RS256", "ES384")) {
      GetWebIdentityTokenResponse given = token(sts, algorithm);
      JWTClaimsSet claims = verified(given.webIdentityToken());
      assertThat(claims.getIssuer()).isEqualTo(issuer);
      assertThat(claims.getAudience()).containsExactly(AUDIENCE);
      assertThat(claims.getSubject()).isEqualTo("arn:aws:iam::000000000001:user/anybody");
      assertThat(claims.getExpirationTime().toInstant()).isEqualTo(given.expiration());
      assertThat(claims.getIssueTime().toInstant()).isEqualTo(given.expiration().minusSeconds(300));
      assertThat(claims.getJWTID()).isNotBlank();
      assertThat(claims.getJSONObjectClaim(OWN))
          .containsEntry("aws_account", "000000000001")
          .containsEntry("source_region", "us-east-1")
          .containsEntry("principal_tags", Map.of("team", "blue"))
          .doesNotContainKey("org_id");
    }
  }

  @Test
  void aSessionIsItsRoleAndItsTokenEndsBeforeIt() throws Exception {
    iam.enableOutboundWebIdentityFederation(r -> {});
    iam.createRole(r ->
        r.roleName("worker")
            .path("/batch/")
            .assumeRolePolicyDocument(
                """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
                "Principal":{"AWS":"000000000001"}}}\
                """));
    iam.attachRolePolicy(
        r -> r.roleName("worker").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    Credentials given =
        sts.assumeRole(r ->
                r.roleArn("arn:aws:iam::000000000001:role/batch/worker")
                    .roleSessionName("one")
                    .durationSeconds(900))
            .credentials();
    try (StsClient session =
        sekisho.client(
            StsClient.builder(),
            AwsSessionCredentials.create(
                given.accessKeyId(), given.secretAccessKey(), given.sessionToken()))) {
      JWTClaimsSet claims = verified(token(session, "ES384").webIdentityToken());
      assertThat(claims.getSubject()).isEqualTo("arn:aws:iam::000000000001:role/batch/worker");
      refused(
          "SessionDurationEscalationException",
          403,
          "The requested token duration would extend the session beyond its original expiration"
              + " time.",
          () ->
              session.getWebIdentityToken(
                  r -> r.audience(AUDIENCE).signingAlgorithm("ES384").durationSeconds(3600)));
    }
  }

  @Test
  void whatIsAskedForIsInTheTokenAndInThePolicies() throws Exception {
    iam.enableOutboundWebIdentityFederation(r -> {});
    String token =
        sts.getWebIdentityToken(r ->
                r.audience(AUDIENCE, "second")
                    .signingAlgorithm("RS256")
                    .durationSeconds(60)
                    .tags(t -> t.key("job").value("7")))
            .webIdentityToken();
    JWTClaimsSet claims = verified(token);
    assertThat(claims.getAudience()).containsExactly(AUDIENCE, "second");
    assertThat(claims.getJSONObjectClaim(OWN)).containsEntry("request_tags", Map.of("job", "7"));

    try (StsClient bound =
        as(
            "bound",
            """
            {"ForAllValues:StringEquals":{"sts:IdentityTokenAudience":"%s"},
            "StringEquals":{"sts:SigningAlgorithm":"ES384"},
            "NumericLessThanEquals":{"sts:DurationSeconds":"300"},
            "Null":{"aws:TagKeys":"true"}}\
            """
                .formatted(AUDIENCE))) {
      token(bound, "ES384");
      String denied = "is not authorized to perform: sts:GetWebIdentityToken";
      assertThatThrownBy(() -> token(bound, "RS256")).hasMessageContaining(denied);
      assertThatThrownBy(() ->
              bound.getWebIdentityToken(
                  r -> r.audience(AUDIENCE, "second").signingAlgorithm("ES384")))
          .hasMessageContaining(denied);
      assertThatThrownBy(() ->
              bound.getWebIdentityToken(
                  r -> r.audience(AUDIENCE).signingAlgorithm("ES384").durationSeconds(301)))
          .hasMessageContaining(denied);
      assertThatThrownBy(() ->
              bound.getWebIdentityToken(r ->
                  r.audience(AUDIENCE)
                      .signingAlgorithm("ES384")
                      .tags(t -> t.key("job").value("7"))))
          .hasMessageContaining("is not authorized to perform: sts:");
    }
    refused(
        "ValidationError",
        400,
        "SigningAlgorithm HS256 is not one of RS256, ES384",
        () -> token(sts, "HS256"));
  }

  @Test
  void anAccountIsTheSameIssuerWhenItComesBack() throws Exception {
    String disabled = "Outbound web identity federation is disabled for this account.";
    refused(
        "FeatureDisabled", 404, disabled, () -> iam.getOutboundWebIdentityFederationInfo(r -> {}));
    refused(
        "OutboundWebIdentityFederationDisabledException",
        403,
        "Outbound web identity federation is not enabled for this account.",
        () -> token(sts, "RS256"));
    String issuer = iam.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
    refused(
        "FeatureEnabled",
        409,
        "Outbound web identity federation is already enabled for this account.",
        () -> iam.enableOutboundWebIdentityFederation(r -> {}));
    String before = token(sts, "RS256").webIdentityToken();

    iam.disableOutboundWebIdentityFederation(r -> {});
    refused(
        "FeatureDisabled", 404, disabled, () -> iam.disableOutboundWebIdentityFederation(r -> {}));
    refused(
        "FeatureDisabled", 404, disabled, () -> iam.getOutboundWebIdentityFederationInfo(r -> {}));
    assertThatThrownBy(() -> token(sts, "RS256")).hasMessageContaining("not enabled");
    verified(before);

    assertThat(iam.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier())
        .isEqualTo(issuer);
    verified(before);
    verified(token(sts, "ES384").webIdentityToken());
  }

  @Test
  void nobodyElsesAddressAnswers() throws Exception {
    String issuer = iam.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
    String other = issuer.substring(0, issuer.length() - 4) + "0000";
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String url :
          List.of(
              other + "/.well-known/jwks.json",
              issuer + "/.well-known/other",
              issuer + "/",
              issuer)) {
        assertThat(
                client
                    .send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofString())
                    .statusCode())
            .as(url)
            .isGreaterThanOrEqualTo(400);
      }
    }
  }
}
