package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthority;
import software.amazon.awssdk.services.acmpca.model.InvalidPolicyException;
import software.amazon.awssdk.services.acmpca.model.ResourceOwner;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** Who may use an authority, and what is seen of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmPcaAccessTest {

  private Path data;
  private SekishoInstance sekisho;
  private OrganizationFixture organization;
  private AcmPcaClient pca;
  private IamClient iam;
  private PrivateAuthorities authorities;
  private String member;
  private String csr;

  @BeforeAll
  void start(@TempDir Path folder, @TempDir Path files) throws Exception {
    assumeTrue(PrivateAuthorities.hasOpenssl(), "there is no openssl here");
    data = folder;
    sekisho = SekishoInstance.start(folder);
    organization = new OrganizationFixture(sekisho);
    organization.organization();
    member = organization.account();
    pca = sekisho.client(AcmPcaClient.builder());
    iam = sekisho.client(IamClient.builder());
    authorities = new PrivateAuthorities(sekisho, pca, files);
    csr = authorities.csr("leaf.example");
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      iam.close();
      pca.close();
      organization.close();
    }
  }

  private static void denied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorCode())
                    .isEqualTo("AccessDeniedException"));
  }

  private PrivateAuthorities as(AcmPcaClient client) {
    return new PrivateAuthorities(sekisho, client, authorities.folder());
  }

  @Test
  void aPolicyDecidesByTemplateAndTag() {
    String root = authorities.root(r -> r.tags(t -> t.key("for").value("leaves")));
    String other = authorities.root(r -> {});
    iam.createUser(r -> r.userName("issuer"));
    iam.putUserPolicy(r ->
        r.userName("issuer")
            .policyName("leaves")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["acm-pca:GetCertificate","acm-pca:IssueCertificate"],
                  "Resource":"*","Condition":{
                   "StringEquals":{"aws:ResourceTag/for":"leaves"},
                   "StringLikeIfExists":{"acm-pca:TemplateArn":"*/EndEntityCertificate/V1"}}}]}\
                """));
    AccessKey key = iam.createAccessKey(r -> r.userName("issuer")).accessKey();
    try (AcmPcaClient issuer =
        sekisho.client(
            AcmPcaClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
      assertThat(as(issuer).issue(root, csr, r -> {}).certificate()).isNotBlank();
      denied(() -> as(issuer).issue(other, csr, r -> {}));
      denied(() ->
          as(issuer)
              .issue(
                  root,
                  csr,
                  r ->
                      r.templateArn(
                          PrivateAuthorities.TEMPLATES + "SubordinateCACertificate_PathLen0/V1")));
      denied(() -> issuer.listCertificateAuthorities());
    }
  }

  @Test
  void anotherAccountIsLetInByTheAuthoritysPolicyOnly() {
    String root = authorities.root(r -> {});
    try (AcmPcaClient theirs =
        sekisho.client(AcmPcaClient.builder(), organization.inside(member))) {
      denied(() -> as(theirs).issue(root, csr, r -> {}));
      assertThat(shared(theirs)).isEmpty();
      pca.putPolicy(r ->
          r.resourceArn(root)
              .policy(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                   "Principal":{"AWS":"%s"},"Resource":"%s",
                   "Action":["acm-pca:DescribeCertificateAuthority","acm-pca:GetCertificate",
                             "acm-pca:IssueCertificate"]}]}\
                  """
                      .formatted(member, root)));

      assertThat(as(theirs).issue(root, csr, r -> {}).certificate()).isNotBlank();
      assertThat(shared(theirs)).containsExactly(root);
      assertThat(pca.getPolicy(r -> r.resourceArn(root)).policy()).contains(member);
      denied(() -> theirs.deleteCertificateAuthority(r -> r.certificateAuthorityArn(root)));
      pca.deletePolicy(r -> r.resourceArn(root));
      denied(() -> as(theirs).issue(root, csr, r -> {}));
    }
  }

  private static List<String> shared(AcmPcaClient client) {
    return client
        .listCertificateAuthorities(r -> r.resourceOwner(ResourceOwner.OTHER_ACCOUNTS))
        .certificateAuthorities()
        .stream()
        .map(CertificateAuthority::arn)
        .toList();
  }

  @Test
  void aPolicyForEverybodyIsRefused() {
    String root = authorities.root(r -> {});
    for (String policy :
        List.of(
            "{}",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
             "Resource":"*","Action":"acm-pca:IssueCertificate"}]}\
            """,
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Principal":{"AWS":"000000000001"},"Resource":"*","Action":"s3:GetObject"}]}\
            """)) {
      assertThatThrownBy(() -> pca.putPolicy(r -> r.resourceArn(root).policy(policy)))
          .isInstanceOf(InvalidPolicyException.class);
    }
  }

  @Test
  void eachUseOfAKeyLeavesAnEventAndNoFileHasAKeyInTheClear() throws Exception {
    String root = authorities.root(r -> {});
    authorities.issue(root, csr, r -> {});

    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      assertThat(
              trail
                  .lookupEvents(r ->
                      r.lookupAttributes(
                          a -> a.attributeKey("EventName").attributeValue("IssueCertificate")))
                  .events())
          .anySatisfy(event -> assertThat(event.cloudTrailEvent()).contains(root));
    }
    // What a private key of this curve begins with in PKCS #8.
    byte[] head = {0x30, (byte) 0x81, (byte) 0x87, 2, 1, 0, 0x30, 0x13, 6, 7, 0x2a};
    for (Path file : files()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .as("%s", file)
          .doesNotContain(new String(head, StandardCharsets.ISO_8859_1).substring(3));
    }
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(data)) {
      return new ArrayList<>(all.filter(Files::isRegularFile).toList());
    }
  }
}
