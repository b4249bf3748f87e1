package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.DigestMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssertionEncryptionModeType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** AssumeRoleWithSAML with really signed assertions, good ones and every known way to forge one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StsSamlTest {

  private static final String ROLE = "arn:aws:iam::000000000001:role/saml";
  private static final String PROVIDER = "arn:aws:iam::000000000001:saml-provider/corporate";
  private static final String MALFORMED = "Your request included an invalid SAML response";
  private static final String SIGNATURE = "Response signature invalid";
  private static final String DENIED = "Not authorized to perform sts:AssumeRoleWithSAML";
  private static final String LATE = "Token must be redeemed within 5 minutes of issuance";
  private static final String EVIL = "administrator";

  private SekishoInstance sekisho;
  private SamlProvider provider;
  private IamClient iam;
  private StsClient anonymous;
  private SamlProvider.Content content;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    provider = new SamlProvider();
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    String metadata = provider.metadata();
    assertThat(
            iam.createSAMLProvider(r -> r.name("corporate").samlMetadataDocument(metadata))
                .samlProviderArn())
        .isEqualTo(PROVIDER);
    iam.createRole(r ->
        r.roleName("saml")
            .assumeRolePolicyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"Federated":"%s"},
                "Action":["sts:AssumeRoleWithSAML","sts:TagSession","sts:SetSourceIdentity"],
                "Condition":{"StringEquals":{"SAML:aud":"%s","saml:iss":"%s",
                "saml:sub_type":"persistent"},"StringNotEquals":{"saml:sub":"barred"}}}]}
                """
                    .formatted(PROVIDER, SamlProvider.SIGN_IN, SamlProvider.ENTITY)));
    iam.putRolePolicy(r ->
        r.roleName("saml")
            .policyName("own")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:GetRole",
                "Resource":"*","Condition":{"StringEquals":{"saml:sub":"ann",
                "aws:PrincipalTag/team":"red","aws:FederatedProvider":"%s"}}}]}
                """
                    .formatted(PROVIDER)));
    anonymous =
        StsClient.builder()
            .endpointOverride(sekisho.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterAll
  void stop() {
    anonymous.close();
    iam.close();
    sekisho.close();
  }

  @BeforeEach
  void fill() {
    content =
        new SamlProvider.Content(sekisho.clock().instant())
            .attribute("Role", ROLE + "," + PROVIDER)
            .attribute("RoleSessionName", "ann@example.com");
  }

  private AssumeRoleWithSamlResponse assume(String xml) {
    return anonymous.assumeRoleWithSAML(
        r -> r.roleArn(ROLE).principalArn(PROVIDER).samlAssertion(SamlProvider.encode(xml)));
  }

  private void refusedToken(String message, String xml) {
    refused("InvalidIdentityToken", 400, message, () -> assume(xml));
  }

  private IamClient as(Credentials given) {
    return sekisho.client(
        IamClient.builder(),
        AwsSessionCredentials.create(
            given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
  }

  @Test
  void aSignedAssertionGivesASession() throws Exception {
    content
        .attribute("PrincipalTag:team", "red")
        .attribute("TransitiveTagKeys", "team")
        .attribute("SourceIdentity", "ann");
    AssumeRoleWithSamlResponse assumed = assume(provider.signed(content));

    assertThat(assumed.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::000000000001:assumed-role/saml/ann@example.com");
    assertThat(assumed.subject()).isEqualTo("ann");
    assertThat(assumed.subjectType()).isEqualTo("persistent");
    assertThat(assumed.issuer()).isEqualTo(SamlProvider.ENTITY);
    assertThat(assumed.audience()).isEqualTo(SamlProvider.SIGN_IN);
    assertThat(assumed.sourceIdentity()).isEqualTo("ann");
    String qualifier =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-1")
                    .digest(
                        (SamlProvider.ENTITY + "000000000001/corporate")
                            .getBytes(StandardCharsets.UTF_8)));
    assertThat(assumed.nameQualifier()).isEqualTo(qualifier);
    try (IamClient session = as(assumed.credentials())) {
      session.getRole(r -> r.roleName("saml"));
    }
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      JsonNode who =
          new ObjectMapper()
              .readTree(
                  trail
                      .lookupEvents(r ->
                          r.lookupAttributes(a ->
                              a.attributeKey(LookupAttributeKey.USERNAME).attributeValue("ann")))
                      .events()
                      .getFirst()
                      .cloudTrailEvent())
              .get("userIdentity");
      assertThat(who.get("type").asText()).isEqualTo("SAMLUser");
      assertThat(who.get("principalId").asText()).isEqualTo(qualifier + ":ann");
      assertThat(who.get("identityProvider").asText()).isEqualTo(qualifier);
    }
  }

  @Test
  void anAssertionMayBeUsedAgainWhileItIsValid() throws Exception {
    String xml = provider.signed(content);
    assertThat(assume(xml).credentials().accessKeyId())
        .isNotEqualTo(assume(xml).credentials().accessKeyId());
  }

  @Test
  void aSignedResponseIsAsGood() throws Exception {
    Document document = SamlProvider.parse(content.response(content.assertion("_a")));
    SamlProvider.sign(
        document.getDocumentElement(), SamlProvider.RSA_SHA256, provider.keys().getPrivate());
    assertThat(assume(SamlProvider.write(document)).subject()).isEqualTo("ann");
  }

  @Test
  void regionsHaveSignInEndpointsToo() throws Exception {
    String regional = "https://eu-west-1.signin.aws.amazon.com/saml";
    content.destination = regional;
    content.audience = regional;
    assertThat(assume(provider.signed(content)).audience()).isEqualTo(SamlProvider.SIGN_IN);
    content.audience = "urn:amazon:webservices";
    assume(provider.signed(content));
  }

  @Test
  void theProviderMayEndTheSessionEarly() throws Exception {
    Instant end = content.now.plusSeconds(1_200).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    content.sessionEnd = " SessionNotOnOrAfter=\"" + end + "\"";
    assertThat(assume(provider.signed(content)).credentials().expiration()).isEqualTo(end);
  }

  @Test
  void unsignedIsRefused() {
    refusedToken(MALFORMED, content.response(content.assertion("_a")));
  }

  @Test
  void signedByAStrangerIsRefused() throws Exception {
    refusedToken(SIGNATURE, new SamlProvider().signed(content));
  }

  @Test
  void whatWasChangedAfterSigningIsRefused() throws Exception {
    refusedToken(SIGNATURE, provider.signed(content).replace(">ann<", ">" + EVIL + "<"));
  }

  @Test
  void thePublicKeyIsNoSecretForAnHmac() throws Exception {
    Document document = SamlProvider.parse(content.response(content.assertion("_a")));
    SamlProvider.sign(
        SamlProvider.assertion(document),
        SamlProvider.hmac(),
        new SecretKeySpec(provider.keys().getPublic().getEncoded(), "HmacSHA256"));
    refusedToken(SIGNATURE, SamlProvider.write(document));
  }

  @Test
  void oldDigestsAreRefused() throws Exception {
    Document document = SamlProvider.parse(content.response(content.assertion("_a")));
    SamlProvider.sign(
        SamlProvider.assertion(document),
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        DigestMethod.SHA1,
        provider.keys().getPrivate());
    refusedToken(SIGNATURE, SamlProvider.write(document));
  }

  private Element forged(Document document, String id) throws Exception {
    SamlProvider.Content evil = new SamlProvider.Content(content.now);
    evil.attributes = content.attributes;
    evil.subject = EVIL;
    Document other = SamlProvider.parse(evil.assertion(id));
    return (Element) document.importNode(other.getDocumentElement(), true);
  }

  private static Element signature(Document document) {
    return (Element)
        document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature").item(0);
  }

  /** The signed assertion goes into a new response inside the forged one. */
  @Test
  void wrappingOneTheForgedAssertionBeforeTheSignedOne() throws Exception {
    Document document = provider.signedDocument(content);
    Element signed = SamlProvider.assertion(document);
    signed.getParentNode().insertBefore(forged(document, "_evil"), signed);
    refusedToken(MALFORMED, SamlProvider.write(document));
  }

  @Test
  void wrappingTwoTheForgedAssertionAfterTheSignedOne() throws Exception {
    Document document = provider.signedDocument(content);
    document.getDocumentElement().appendChild(forged(document, "_evil"));
    refusedToken(MALFORMED, SamlProvider.write(document));
  }

  @Test
  void wrappingThreeTheSignedAssertionInsideTheForgedOne() throws Exception {
    Document document = provider.signedDocument(content);
    Element signed = SamlProvider.assertion(document);
    Element evil = forged(document, "_evil");
    signed.getParentNode().replaceChild(evil, signed);
    evil.appendChild(signed);
    refusedToken(MALFORMED, SamlProvider.write(document));
  }

  @Test
  void wrappingFourTheSignedAssertionInsideTheSignatureOfTheForgedOne() throws Exception {
    Document document = provider.signedDocument(content);
    Element signed = SamlProvider.assertion(document);
    Element signature = signature(document);
    signed.removeChild(signature);
    Element evil = forged(document, "_evil");
    signed.getParentNode().replaceChild(evil, signed);
    evil.insertBefore(signature, evil.getFirstChild());
    Element object = document.createElementNS("http://www.w3.org/2000/09/xmldsig#", "ds:Object");
    object.appendChild(signed);
    signature.appendChild(object);
    refusedToken(MALFORMED, SamlProvider.write(document));
  }

  @Test
  void wrappingFiveTheForgedAssertionWithTheSameId() throws Exception {
    Document document = provider.signedDocument(content);
    Element signed = SamlProvider.assertion(document);
    signed.getParentNode().insertBefore(forged(document, "_assertion"), signed);
    refusedToken(MALFORMED, SamlProvider.write(document));
  }

  @Test
  void wrappingSixTheSignatureOfAnotherElementInTheForgedOne() throws Exception {
    Document document = provider.signedDocument(content);
    Element signed = SamlProvider.assertion(document);
    Element evil = forged(document, "_evil");
    evil.insertBefore(signature(document), evil.getFirstChild());
    signed.getParentNode().replaceChild(evil, signed);
    refusedToken(SIGNATURE, SamlProvider.write(document));
  }

  @Test
  void wrappingSevenTheSignedResponseInsideTheForgedOne() throws Exception {
    Document document = SamlProvider.parse(content.response(content.assertion("_a")));
    SamlProvider.sign(
        document.getDocumentElement(), SamlProvider.RSA_SHA256, provider.keys().getPrivate());
    Document outer = SamlProvider.parse(content.response("").replace("_response", "_outer"));
    outer.getDocumentElement().appendChild(forged(outer, "_evil"));
    outer.getDocumentElement().appendChild(outer.importNode(document.getDocumentElement(), true));
    refusedToken(MALFORMED, SamlProvider.write(outer));
  }

  @Test
  void wrappingEightTheSignedAssertionInAnExtension() throws Exception {
    Document document = provider.signedDocument(content);
    Element signed = SamlProvider.assertion(document);
    Node response = signed.getParentNode();
    Element extensions =
        document.createElementNS("urn:oasis:names:tc:SAML:2.0:protocol", "samlp:Extensions");
    response.replaceChild(forged(document, "_evil"), signed);
    extensions.appendChild(signed);
    response.insertBefore(extensions, response.getFirstChild());
    refusedToken(MALFORMED, SamlProvider.write(document));
  }

  @Test
  void aCommentInANameIsRefused() throws Exception {
    content.subject = "ann@example.com.evil.example";
    String signed = provider.signed(content);
    refusedToken(MALFORMED, signed.replace("ann@example.com.evil", "ann@example.com<!-- -->.evil"));
  }

  @Test
  void entitiesAndOutsideFilesAreRefused() throws Exception {
    String signed = provider.signed(content);
    refusedToken(
        MALFORMED,
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + signed.replace("ann<", "&x;<"));
    refusedToken(
        MALFORMED,
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
            + signed.replace("ann<", "&c;<"));
    refusedToken(MALFORMED, "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">" + signed);
  }

  @Test
  void whatIsTooLargeOrTooDeepOrNoXmlIsRefused() throws Exception {
    refusedToken(MALFORMED, "<a>".repeat(20_000));
    refusedToken(MALFORMED, "<a>".repeat(4_000) + "</a>".repeat(4_000));
    refusedToken(MALFORMED, "no xml");
    refused(
        "InvalidIdentityToken",
        400,
        "Invalid base64 SAMLResponse",
        () ->
            anonymous.assumeRoleWithSAML(
                r -> r.roleArn(ROLE).principalArn(PROVIDER).samlAssertion("QUJ=DRA")));
  }

  @Test
  void anExpiredAssertionIsRefused() throws Exception {
    content.age = Duration.ofMinutes(6);
    String late = provider.signed(content);
    refused("ExpiredTokenException", 400, LATE, () -> assume(late));
    content.age = Duration.ofMinutes(-10);
    String early = provider.signed(content);
    refused("ExpiredTokenException", 400, LATE, () -> assume(early));
  }

  @Test
  void anAssertionForSomebodyElseIsRefused() throws Exception {
    content.audience = "https://other.example.com";
    refusedToken("Response does not contain the required audience", provider.signed(content));
    fill();
    content.recipient = "https://signin.aws.amazon.com.evil.example/saml";
    refusedToken(
        "SubjectConfirmationData in AuthnResponse does not name the recipient",
        provider.signed(content));
    fill();
    content.destination = "https://other.example.com/saml";
    refusedToken("Response destination is invalid", provider.signed(content));
    fill();
    content.issuer = "https://other.example.com/metadata";
    refusedToken("Issuer not present in specified provider", provider.signed(content));
  }

  @Test
  void aRoleTheProviderDoesNotNameIsRefused() throws Exception {
    content.attributes = "";
    content
        .attribute("Role", "arn:aws:iam::000000000001:role/other," + PROVIDER)
        .attribute("RoleSessionName", "ann");
    String other = provider.signed(content);
    refused("AccessDenied", 403, DENIED, () -> assume(other));
    fill();
    content.subject = "barred";
    String barred = provider.signed(content);
    refused("AccessDenied", 403, DENIED, () -> assume(barred));
  }

  @Test
  void theSessionNameMustBeThereAndFit() throws Exception {
    content.attributes = "";
    content.attribute("Role", PROVIDER + "," + ROLE);
    refusedToken("RoleSessionName is required in AuthnResponse", provider.signed(content));
    content.attribute("RoleSessionName", "ann smith");
    refusedToken(
        "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}",
        provider.signed(content));
  }

  @Test
  void aPersonTheProviderRefusedIsRefused() throws Exception {
    content.status = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    String failed = provider.signed(content);
    refused(
        "IDPRejectedClaim",
        403,
        "The identity provider (IdP) reported that authentication failed. This might be because the"
            + " claim is invalid.",
        () -> assume(failed));
  }

  @Test
  void aProviderThatIsNotThereIsRefused() throws Exception {
    String xml = SamlProvider.encode(provider.signed(content));
    refused(
        "InvalidIdentityToken",
        400,
        "Specified provider doesn't exist",
        () ->
            anonymous.assumeRoleWithSAML(r ->
                r.roleArn(ROLE)
                    .principalArn("arn:aws:iam::000000000001:saml-provider/none")
                    .samlAssertion(xml)));
  }

  @Test
  void anEncryptedAssertionIsOpenedWithTheProvidersKey() throws Exception {
    KeyPair ours = TestCertificates.rsa();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(ours.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    iam.updateSAMLProvider(r ->
        r.samlProviderArn(PROVIDER)
            .addPrivateKey(pem)
            .assertionEncryptionMode(AssertionEncryptionModeType.REQUIRED));
    try {
      Document signed = provider.signedDocument(content);
      String assertion = SamlProvider.write(onlyAssertion(signed));
      assertThat(assume(content.response(encrypted(assertion, ours))).subject()).isEqualTo("ann");
      refusedToken("Unable to decrypt SAML assertion", SamlProvider.write(signed));
      refusedToken(
          "Unable to decrypt SAML assertion",
          content.response(encrypted(assertion, TestCertificates.rsa())));
      refusedToken(MALFORMED, content.response(encrypted(content.assertion("_a"), ours)));
    } finally {
      var key = iam.getSAMLProvider(r -> r.samlProviderArn(PROVIDER)).privateKeyList().getFirst();
      iam.updateSAMLProvider(r ->
          r.samlProviderArn(PROVIDER)
              .removePrivateKey(key.keyId())
              .assertionEncryptionMode(AssertionEncryptionModeType.ALLOWED));
    }
  }

  private static Document onlyAssertion(Document document) throws Exception {
    Document alone = SamlProvider.parse("<x/>");
    alone.replaceChild(
        alone.importNode(SamlProvider.assertion(document), true), alone.getDocumentElement());
    return alone;
  }

  private static String encrypted(String assertion, KeyPair keys) throws Exception {
    byte[] key = new byte[32];
    byte[] start = new byte[12];
    new SecureRandom().nextBytes(key);
    new SecureRandom().nextBytes(start);
    Cipher content = Cipher.getInstance("AES/GCM/NoPadding");
    content.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, start));
    byte[] sealed = content.doFinal(assertion.getBytes(StandardCharsets.UTF_8));
    byte[] value = java.util.Arrays.copyOf(start, start.length + sealed.length);
    System.arraycopy(sealed, 0, value, start.length, sealed.length);
    Cipher wrap = Cipher.getInstance("RSA/ECB/OAEPPadding");
    wrap.init(
        Cipher.ENCRYPT_MODE,
        keys.getPublic(),
        new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
    return """
    <saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">\
    <xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">\
    <xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>\
    <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>\
    <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>\
    <xenc:CipherData><xenc:CipherValue>%s</xenc:CipherValue></xenc:CipherData>\
    </xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>%s\
    </xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>\
    """
        .formatted(
            Base64.getEncoder().encodeToString(wrap.doFinal(key)),
            Base64.getEncoder().encodeToString(value));
  }
}
