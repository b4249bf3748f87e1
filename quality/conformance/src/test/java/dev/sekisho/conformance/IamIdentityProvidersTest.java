package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssertionEncryptionModeType;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.GlobalEndpointTokenVersion;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;
import software.amazon.awssdk.services.iam.model.Tag;

/** OpenID Connect and SAML providers of an account. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamIdentityProvidersTest {

  private static final String PRINT = "990F4193972F2BECF12DDEDA5237F9C952F20D9E";
  private static final Tag TAG = Tag.builder().key("team").value("red").build();

  private SekishoInstance sekisho;
  private IamClient iam;
  private String metadata;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    metadata = new SamlProvider().metadata();
  }

  @AfterAll
  void stop() {
    iam.close();
    sekisho.close();
  }

  private String openIdConnect(String host) {
    return iam.createOpenIDConnectProvider(
            r -> r.url("https://" + host).thumbprintList(PRINT).clientIDList("one"))
        .openIDConnectProviderArn();
  }

  private GetOpenIdConnectProviderResponse get(String arn) {
    return iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
  }

  @Test
  void anOpenIdConnectProviderIsMadeReadAndChanged() {
    String arn =
        iam.createOpenIDConnectProvider(r ->
                r.url("https://accounts.example.com/tenant")
                    .thumbprintList(PRINT)
                    .clientIDList("one", "two")
                    .tags(TAG))
            .openIDConnectProviderArn();
    assertThat(arn)
        .isEqualTo("arn:aws:iam::000000000001:oidc-provider/accounts.example.com/tenant");
    assertThat(get(arn).url()).isEqualTo("accounts.example.com/tenant");
    assertThat(get(arn).clientIDList()).containsExactly("one", "two");
    assertThat(get(arn).thumbprintList()).containsExactly(PRINT.toLowerCase(java.util.Locale.ROOT));
    assertThat(get(arn).tags()).containsExactly(TAG);
    assertThat(iam.listOpenIDConnectProviders().openIDConnectProviderList())
        .anyMatch(each -> each.arn().equals(arn));

    iam.addClientIDToOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).clientID("three"));
    iam.addClientIDToOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).clientID("three"));
    iam.removeClientIDFromOpenIDConnectProvider(
        r -> r.openIDConnectProviderArn(arn).clientID("one"));
    iam.removeClientIDFromOpenIDConnectProvider(
        r -> r.openIDConnectProviderArn(arn).clientID("never"));
    assertThat(get(arn).clientIDList()).containsExactly("two", "three");
    iam.updateOpenIDConnectProviderThumbprint(
        r -> r.openIDConnectProviderArn(arn).thumbprintList("ab".repeat(20)));
    assertThat(get(arn).thumbprintList()).containsExactly("ab".repeat(20));

    iam.tagOpenIDConnectProvider(
        r -> r.openIDConnectProviderArn(arn).tags(t -> t.key("more").value("x")));
    assertThat(iam.listOpenIDConnectProviderTags(r -> r.openIDConnectProviderArn(arn)).tags())
        .hasSize(2);
    iam.untagOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).tagKeys("team", "more"));
    assertThat(get(arn).tags()).isEmpty();
    iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    refused("NoSuchEntity", 404, "OpenIDConnect Provider not found for arn " + arn, () -> get(arn));
  }

  @Test
  void anOpenIdConnectProviderIsThereOnce() {
    openIdConnect("twice.example.com");
    refused(
        "EntityAlreadyExists",
        409,
        "Provider with url https://twice.example.com already exists.",
        () -> openIdConnect("twice.example.com"));
  }

  @Test
  void addressesThatNobodyCouldCallAreRefused() {
    for (String url :
        List.of(
            "http://plain.example.com",
            "https://q.example.com?x=1",
            "https://user@example.com",
            "https://",
            "no address")) {
      refused(
          "InvalidInput",
          400,
          "Invalid Open ID Connect Provider URL",
          () -> iam.createOpenIDConnectProvider(r -> r.url(url).thumbprintList(PRINT)));
    }
  }

  @Test
  void listsOfAProviderHaveTheirLimits() {
    String arn = openIdConnect("limits.example.com");
    refused(
        "InvalidInput",
        400,
        "Thumbprint list must contain fewer than 5 entries.",
        () ->
            iam.updateOpenIDConnectProviderThumbprint(r ->
                r.openIDConnectProviderArn(arn)
                    .thumbprintList(
                        IntStream.range(10, 16).mapToObj(i -> ("" + i).repeat(20)).toList())));
    for (int i = 1; i < 100; i++) {
      String client = "client-" + i;
      iam.addClientIDToOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).clientID(client));
    }
    refused(
        "LimitExceeded",
        409,
        "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
        () ->
            iam.addClientIDToOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).clientID("too-many")));
  }

  @Test
  void aSamlProviderIsMadeReadAndChanged() throws Exception {
    String arn =
        iam.createSAMLProvider(r -> r.name("corp").samlMetadataDocument(metadata).tags(TAG))
            .samlProviderArn();
    assertThat(arn).isEqualTo("arn:aws:iam::000000000001:saml-provider/corp");
    GetSamlProviderResponse found = iam.getSAMLProvider(r -> r.samlProviderArn(arn));
    assertThat(found.samlMetadataDocument()).isEqualTo(metadata);
    assertThat(found.samlProviderUUID()).matches("[A-Z0-9]{22,64}");
    assertThat(found.tags()).containsExactly(TAG);
    assertThat(Duration.between(found.createDate(), found.validUntil()))
        .isGreaterThan(Duration.ofDays(36_000));

    Instant end = Instant.parse("2031-02-03T04:05:06Z");
    String other = new SamlProvider().metadata(" validUntil=\"" + end + "\"");
    iam.updateSAMLProvider(r -> r.samlProviderArn(arn).samlMetadataDocument(other));
    assertThat(iam.getSAMLProvider(r -> r.samlProviderArn(arn)).validUntil()).isEqualTo(end);
    assertThat(iam.listSAMLProviders().samlProviderList())
        .anySatisfy(each -> {
          assertThat(each.arn()).isEqualTo(arn);
          assertThat(each.validUntil()).isEqualTo(end);
        });
    iam.tagSAMLProvider(r -> r.samlProviderArn(arn).tags(t -> t.key("more").value("x")));
    iam.untagSAMLProvider(r -> r.samlProviderArn(arn).tagKeys("team"));
    assertThat(iam.listSAMLProviderTags(r -> r.samlProviderArn(arn)).tags())
        .extracting(Tag::key)
        .containsExactly("more");
    refused(
        "EntityAlreadyExists",
        409,
        "SAMLProvider corp already exists.",
        () -> iam.createSAMLProvider(r -> r.name("corp").samlMetadataDocument(metadata)));
    iam.deleteSAMLProvider(r -> r.samlProviderArn(arn));
    refused(
        "NoSuchEntity",
        404,
        "Manifest not found for arn " + arn,
        () -> iam.deleteSAMLProvider(r -> r.samlProviderArn(arn)));
  }

  @Test
  void metadataThatIsNoneIsRefused() {
    String filler = "<!--" + "x".repeat(1_000) + "-->";
    for (String document :
        List.of(
            "x".repeat(1_000),
            "<a>" + filler + "</a>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;" + filler + "</a>",
            metadata.replaceAll("(?s)<md:KeyDescriptor.*</md:KeyDescriptor>", filler),
            metadata.replace("MII", "XXX"))) {
      refused(
          "InvalidInput",
          400,
          "Could not parse metadata",
          () -> iam.createSAMLProvider(r -> r.name("none").samlMetadataDocument(document)));
    }
  }

  @Test
  void privateKeysAreNeverShownAndTwoAtMost() throws Exception {
    String arn =
        iam.createSAMLProvider(r -> r.name("keys").samlMetadataDocument(metadata))
            .samlProviderArn();
    refused(
        "InvalidInput",
        400,
        "A private key is required when the assertion encryption mode is Required",
        () ->
            iam.updateSAMLProvider(r ->
                r.samlProviderArn(arn)
                    .assertionEncryptionMode(AssertionEncryptionModeType.REQUIRED)));
    refused(
        "InvalidInput",
        400,
        "Invalid private key: an RSA private key in PEM is expected",
        () -> iam.updateSAMLProvider(r -> r.samlProviderArn(arn).addPrivateKey("no key")));
    for (int i = 0; i < 2; i++) {
      String pem = pem();
      iam.updateSAMLProvider(r -> r.samlProviderArn(arn).addPrivateKey(pem));
    }
    String third = pem();
    refused(
        "LimitExceeded",
        409,
        "Cannot exceed quota for PrivateKeysPerSAMLProvider: 2",
        () -> iam.updateSAMLProvider(r -> r.samlProviderArn(arn).addPrivateKey(third)));
    GetSamlProviderResponse found = iam.getSAMLProvider(r -> r.samlProviderArn(arn));
    assertThat(found.privateKeyList()).hasSize(2);
    assertThat(found.toString()).doesNotContain("PRIVATE KEY");
  }

  private static String pem() throws Exception {
    return "-----BEGIN PRIVATE KEY-----\n"
        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(TestCertificates.rsa().getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  void theSummaryCountsProvidersAndTellsTheTokenVersion() {
    openIdConnect("counted.example.com");
    iam.setSecurityTokenServicePreferences(
        r -> r.globalEndpointTokenVersion(GlobalEndpointTokenVersion.V2_TOKEN));
    assertThat(
            iam.getAccountSummary().summaryMap().get(SummaryKeyType.GLOBAL_ENDPOINT_TOKEN_VERSION))
        .isEqualTo(2);
    assertThat(iam.getAccountSummary().summaryMapAsStrings().get("Providers"))
        .isEqualTo(
            iam.listOpenIDConnectProviders().openIDConnectProviderList().size()
                + iam.listSAMLProviders().samlProviderList().size());
  }
}
