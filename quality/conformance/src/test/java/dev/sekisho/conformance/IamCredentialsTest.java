package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EncodingType;
import software.amazon.awssdk.services.iam.model.SSHPublicKey;
import software.amazon.awssdk.services.iam.model.SSHPublicKeyMetadata;
import software.amazon.awssdk.services.iam.model.ServerCertificateMetadata;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredential;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredentialMetadata;
import software.amazon.awssdk.services.iam.model.SigningCertificate;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;

/** What users and accounts have beside access keys: certificates, SSH keys, service passwords. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamCredentialsTest {

  private SekishoInstance sekisho;
  private IamClient iam;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    sekisho = SekishoInstance.start(temporary);
    iam = sekisho.client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    iam.close();
    sekisho.close();
  }

  @Nested
  class ServerCertificates {

    @Test
    void certificateIsUploadedReadRenamedAndDeleted() throws Exception {
      KeyPair pair = rsa(2048);
      Instant expires = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
      String body = certificate("CN=site", pair, "CN=site", pair, expires);

      ServerCertificateMetadata made =
          iam.uploadServerCertificate(r ->
                  r.serverCertificateName("site")
                      .path("/web/")
                      .certificateBody(body)
                      .privateKey(privateKey(pair))
                      .tags(Tag.builder().key("team").value("red").build()))
              .serverCertificateMetadata();

      assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000001:server-certificate/web/site");
      assertThat(made.serverCertificateId()).matches("ASCA[A-Z2-7]{17}");
      assertThat(made.expiration()).isEqualTo(expires);
      assertThat(iam.getServerCertificate(r -> r.serverCertificateName("site")).serverCertificate())
          .satisfies(found -> {
            assertThat(found.certificateBody().strip()).isEqualTo(body.strip());
            assertThat(found.serverCertificateMetadata()).isEqualTo(made);
            assertThat(found.tags()).extracting(Tag::key).containsExactly("team");
          });
      assertThat(
              iam.listServerCertificates(r -> r.pathPrefix("/web/"))
                  .serverCertificateMetadataList())
          .containsExactly(made);
      iam.tagServerCertificate(r ->
          r.serverCertificateName("site").tags(Tag.builder().key("stage").value("live").build()));
      iam.untagServerCertificate(r -> r.serverCertificateName("site").tagKeys("team"));
      assertThat(iam.listServerCertificateTags(r -> r.serverCertificateName("site")).tags())
          .extracting(Tag::key)
          .containsExactly("stage");

      iam.updateServerCertificate(
          r -> r.serverCertificateName("site").newServerCertificateName("page").newPath("/"));
      assertThat(
              iam.getServerCertificate(r -> r.serverCertificateName("page"))
                  .serverCertificate()
                  .serverCertificateMetadata()
                  .arn())
          .isEqualTo("arn:aws:iam::000000000001:server-certificate/page");
      iam.deleteServerCertificate(r -> r.serverCertificateName("page"));
      refused(
          "NoSuchEntity",
          404,
          "The Server Certificate with name page cannot be found.",
          () -> iam.getServerCertificate(r -> r.serverCertificateName("page")));
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws Exception {
      KeyPair pair = rsa(2048);
      KeyPair authority = rsa(2048);
      Instant expires = Instant.now().plus(Duration.ofDays(30));
      String body = certificate("CN=leaf", pair, "CN=ca", authority, expires);
      String issuer = certificate("CN=ca", authority, "CN=ca", authority, expires);
      String stranger = certificate("CN=ca", rsa(2048), "CN=ca", rsa(2048), expires);

      refused(
          "KeyPairMismatch",
          400,
          "The public key certificate and the private key do not match.",
          () -> upload("bad", body, privateKey(authority), null));
      refused(
          "MalformedCertificate",
          400,
          "Unable to parse certificate. Please ensure the certificate is in PEM format.",
          () -> upload("bad", "no certificate", privateKey(pair), null));
      refused(
          "MalformedCertificate",
          400,
          "Unable to parse private key. Please ensure the key is in PEM format and is not"
              + " encrypted.",
          () -> upload("bad", body, "no key", null));
      refused(
          "MalformedCertificate",
          400,
          "Unable to validate certificate chain. The certificate chain must start with the"
              + " immediate signing certificate, followed by any intermediaries in order.",
          () -> upload("bad", body, privateKey(pair), stranger));
      assertThat(iam.listServerCertificates().serverCertificateMetadataList())
          .extracting(ServerCertificateMetadata::serverCertificateName)
          .doesNotContain("bad");

      upload("chained", body, privateKey(pair), issuer);
      refused(
          "EntityAlreadyExists",
          409,
          "The Server Certificate with name CHAINED already exists.",
          () -> upload("CHAINED", body, privateKey(pair), issuer));
    }

    @Test
    void privateKeyIsNowhereInTheDataFolder() throws Exception {
      KeyPair pair = rsa(2048);
      upload(
          "planted",
          certificate("CN=p", pair, "CN=p", pair, Instant.now().plus(Duration.ofDays(1))),
          privateKey(pair),
          null);
      byte[] der = pair.getPrivate().getEncoded();
      String line = privateKey(pair).lines().skip(3).findFirst().orElseThrow();

      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          byte[] content = Files.readAllBytes(file);
          assertThat(holds(content, line.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
              .as("%s", file)
              .isFalse();
          assertThat(holds(content, java.util.Arrays.copyOfRange(der, der.length - 32, der.length)))
              .as("%s", file)
              .isFalse();
        }
      }
    }

    private void upload(String name, String body, String key, String chain) {
      iam.uploadServerCertificate(r ->
          r.serverCertificateName(name)
              .certificateBody(body)
              .privateKey(key)
              .certificateChain(chain));
    }
  }

  @Nested
  class SshKeys {

    @Test
    void keyIsKeptInBothFormsUntilItIsDeleted() throws Exception {
      user("ssh");
      String pem = publicKey(rsa(2048));

      SSHPublicKey made =
          iam.uploadSSHPublicKey(r -> r.userName("ssh").sshPublicKeyBody(pem)).sshPublicKey();

      assertThat(made.sshPublicKeyId()).matches("APKA[A-Z2-7]{17}");
      assertThat(made.fingerprint()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
      String ssh = body(made, EncodingType.SSH);
      assertThat(ssh).startsWith("ssh-rsa AAAA");
      assertThat(body(made, EncodingType.PEM)).isEqualTo(pem);
      refused(
          "DuplicateSSHPublicKey",
          400,
          "The SSH public key is already associated with the user.",
          () -> iam.uploadSSHPublicKey(r -> r.userName("ssh").sshPublicKeyBody(ssh + " again")));

      iam.updateSSHPublicKey(
          r -> r.userName("ssh").sshPublicKeyId(made.sshPublicKeyId()).status(StatusType.INACTIVE));
      assertThat(iam.listSSHPublicKeys(r -> r.userName("ssh")).sshPublicKeys())
          .extracting(SSHPublicKeyMetadata::status)
          .containsExactly(StatusType.INACTIVE);
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must remove referenced objects first.",
          () -> iam.deleteUser(r -> r.userName("ssh")));
      iam.deleteSSHPublicKey(r -> r.userName("ssh").sshPublicKeyId(made.sshPublicKeyId()));
      refused(
          "NoSuchEntity",
          404,
          "The Public Key with id " + made.sshPublicKeyId() + " cannot be found.",
          () -> body(made, EncodingType.SSH));
      iam.deleteUser(r -> r.userName("ssh"));
    }

    @Test
    void fiveKeysAreTheMostAndShortOnesAreRefused() throws Exception {
      user("many");
      for (int i = 0; i < 5; i++) {
        String key = publicKey(rsa(2048));
        iam.uploadSSHPublicKey(r -> r.userName("many").sshPublicKeyBody(key));
      }
      String sixth = publicKey(rsa(2048));
      refused(
          "LimitExceeded",
          409,
          "Cannot exceed quota for SSHPublicKeysPerUser: 5",
          () -> iam.uploadSSHPublicKey(r -> r.userName("many").sshPublicKeyBody(sixth)));
      String weak = publicKey(rsa(1024));
      refused(
          "InvalidPublicKey",
          400,
          "The public key must have at least 2048 bits.",
          () -> iam.uploadSSHPublicKey(r -> r.userName("many").sshPublicKeyBody(weak)));
      refused(
          "InvalidPublicKey",
          400,
          "The public key must be an RSA key, encoded in ssh-rsa or PEM format.",
          () -> iam.uploadSSHPublicKey(r -> r.userName("many").sshPublicKeyBody("nothing")));
      assertThat(
              iam.listSSHPublicKeysPaginator(r -> r.userName("many").maxItems(2)).stream()
                  .flatMap(page -> page.sshPublicKeys().stream())
                  .map(SSHPublicKeyMetadata::sshPublicKeyId))
          .hasSize(5)
          .doesNotHaveDuplicates();
    }

    private String body(SSHPublicKey key, EncodingType encoding) {
      return iam.getSSHPublicKey(
              r -> r.userName("ssh").sshPublicKeyId(key.sshPublicKeyId()).encoding(encoding))
          .sshPublicKey()
          .sshPublicKeyBody();
    }
  }

  @Nested
  class SigningCertificates {

    @Test
    void twoAreTheMostAndNoneTwice() throws Exception {
      user("signer");
      SigningCertificate first = upload(rsa(2048));
      SigningCertificate second = upload(rsa(2048));

      assertThat(first.certificateId()).matches("[A-Z2-7]{32}");
      refused(
          "DuplicateCertificate",
          409,
          "The certificate is already associated with the user.",
          () ->
              iam.uploadSigningCertificate(
                  r -> r.userName("signer").certificateBody(first.certificateBody())));
      KeyPair third = rsa(2048);
      refused(
          "LimitExceeded",
          409,
          "Cannot exceed quota for SigningCertificatesPerUser: 2",
          () -> upload(third));
      iam.updateSigningCertificate(r ->
          r.userName("signer").certificateId(second.certificateId()).status(StatusType.INACTIVE));
      iam.deleteSigningCertificate(r -> r.userName("signer").certificateId(first.certificateId()));
      assertThat(iam.listSigningCertificates(r -> r.userName("signer")).certificates())
          .singleElement()
          .satisfies(left -> {
            assertThat(left.certificateId()).isEqualTo(second.certificateId());
            assertThat(left.status()).isEqualTo(StatusType.INACTIVE);
          });
      refused(
          "NoSuchEntity",
          404,
          "The Certificate with id " + first.certificateId() + " cannot be found.",
          () ->
              iam.deleteSigningCertificate(
                  r -> r.userName("signer").certificateId(first.certificateId())));
    }

    @Test
    void expiredOneIsRefused() throws Exception {
      user("late");
      KeyPair pair = rsa(2048);
      String body =
          certificate("CN=l", pair, "CN=l", pair, Instant.now().minus(Duration.ofDays(1)));

      refused(
          "InvalidCertificate",
          400,
          "The certificate has expired.",
          () -> iam.uploadSigningCertificate(r -> r.userName("late").certificateBody(body)));
    }

    private SigningCertificate upload(KeyPair pair) {
      try {
        String body =
            certificate("CN=s", pair, "CN=s", pair, Instant.now().plus(Duration.ofDays(1)));
        return iam.uploadSigningCertificate(r -> r.userName("signer").certificateBody(body))
            .certificate();
      } catch (java.security.GeneralSecurityException
          | org.bouncycastle.operator.OperatorCreationException
          | java.io.IOException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  @Nested
  class ServicePasswords {

    @Test
    void passwordIsShownOnceAndResetKeepsTheRest() {
      user("coder");
      ServiceSpecificCredential made = create("coder", "codecommit.amazonaws.com");

      assertThat(made.serviceUserName()).isEqualTo("coder-at-000000000001");
      assertThat(made.servicePassword()).hasSize(44);
      assertThat(made.status()).isEqualTo(StatusType.ACTIVE);
      assertThat(create("coder", "codecommit.amazonaws.com").serviceUserName())
          .isEqualTo("coder+1-at-000000000001");
      refused(
          "LimitExceeded",
          409,
          "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2",
          () -> create("coder", "codecommit.amazonaws.com"));

      iam.updateServiceSpecificCredential(r ->
          r.userName("coder")
              .serviceSpecificCredentialId(made.serviceSpecificCredentialId())
              .status(StatusType.INACTIVE));
      ServiceSpecificCredential reset =
          iam.resetServiceSpecificCredential(r ->
                  r.userName("coder")
                      .serviceSpecificCredentialId(made.serviceSpecificCredentialId()))
              .serviceSpecificCredential();

      assertThat(reset.servicePassword()).isNotEqualTo(made.servicePassword());
      assertThat(reset.status()).isEqualTo(StatusType.INACTIVE);
      assertThat(
              iam.listServiceSpecificCredentials(r -> r.userName("coder"))
                  .serviceSpecificCredentials())
          .hasSize(2)
          .extracting(ServiceSpecificCredentialMetadata::serviceName)
          .containsOnly("codecommit.amazonaws.com");
      iam.deleteServiceSpecificCredential(
          r -> r.userName("coder").serviceSpecificCredentialId(made.serviceSpecificCredentialId()));
      refused(
          "NoSuchEntity",
          404,
          "No such credential " + made.serviceSpecificCredentialId() + " exists",
          () ->
              iam.deleteServiceSpecificCredential(r ->
                  r.userName("coder")
                      .serviceSpecificCredentialId(made.serviceSpecificCredentialId())));
    }

    @Test
    void apiKeyCanExpireAndAllUsersAreListed() {
      user("modeller");
      ServiceSpecificCredential made =
          iam.createServiceSpecificCredential(r ->
                  r.userName("modeller").serviceName("bedrock.amazonaws.com").credentialAgeDays(30))
              .serviceSpecificCredential();

      assertThat(made.servicePassword()).isNull();
      assertThat(made.serviceCredentialAlias()).isEqualTo("modeller-at-000000000001");
      assertThat(made.serviceCredentialSecret()).isNotBlank();
      assertThat(Duration.between(made.createDate(), made.expirationDate()))
          .isEqualTo(Duration.ofDays(30));
      user("modeller2");
      create("modeller2", "bedrock.amazonaws.com");
      List<ServiceSpecificCredentialMetadata> all =
          iam.listServiceSpecificCredentials(
                  r -> r.allUsers(true).serviceName("bedrock.amazonaws.com"))
              .serviceSpecificCredentials();
      assertThat(all)
          .extracting(ServiceSpecificCredentialMetadata::userName)
          .containsExactlyInAnyOrder("modeller", "modeller2");
      refused(
          "InvalidInput",
          400,
          "CredentialAgeDays is not supported for cassandra.amazonaws.com",
          () ->
              iam.createServiceSpecificCredential(r ->
                  r.userName("modeller")
                      .serviceName("cassandra.amazonaws.com")
                      .credentialAgeDays(30)));
    }

    @Test
    void refusalsAreAsRecorded() throws Exception {
      user("recorded");
      var recorded = Recordings.of("iam");
      String unknown =
          recorded
              .get("test_create_service_specific_credential_invalid_service")
              .at("/invalid-service-exception/Error/Message")
              .asText();
      refused(
          "NoSuchEntity",
          404,
          unknown,
          () -> create("recorded", "nonexistentservice.amazonaws.com"));
      refused(
          "NoSuchEntity",
          404,
          recorded
              .get("test_create_service_specific_credential_invalid_user")
              .at("/invalid-user-and-service-exception/Error/Message")
              .asText(),
          () -> create("non-existent-user", "nonexistentservice.amazonaws.com"));
      refused(
          "NoSuchEntity",
          404,
          recorded
              .get("test_list_service_specific_credential_different_service")
              .at("/list-service-specific-credentials-invalid-service/Error/Message")
              .asText(),
          () ->
              iam.listServiceSpecificCredentials(
                  r -> r.userName("recorded").serviceName("nonexistentservice.amazonaws.com")));
      refused(
          "ValidationError",
          400,
          recorded
              .get("test_user_match_id_mismatch[totally-wrong-credential-id-with-hyphens]")
              .at("/update-wrong-id/Error/Message")
              .asText(),
          () ->
              iam.updateServiceSpecificCredential(r ->
                  r.userName("recorded")
                      .serviceSpecificCredentialId("totally-wrong-credential-id-with-hyphens")
                      .status(StatusType.ACTIVE)));
      create("recorded", "codecommit.amazonaws.com");
      refused(
          "DeleteConflict",
          409,
          recorded
              .get("test_delete_user_after_service_credential_created")
              .at("/delete-user-existing-credential/Error/Message")
              .asText(),
          () -> iam.deleteUser(r -> r.userName("recorded")));
    }

    private ServiceSpecificCredential create(String user, String service) {
      return iam.createServiceSpecificCredential(r -> r.userName(user).serviceName(service))
          .serviceSpecificCredential();
    }
  }

  private void user(String name) {
    iam.createUser(r -> r.userName(name));
  }

  private static KeyPair rsa(int bits) throws java.security.GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static String certificate(
      String subject, KeyPair pair, String issuer, KeyPair signer, Instant expires)
      throws java.security.GeneralSecurityException,
          org.bouncycastle.operator.OperatorCreationException,
          java.io.IOException {
    return pem(
        "CERTIFICATE",
        new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.ONE,
                Date.from(expires.minus(Duration.ofDays(60))),
                Date.from(expires),
                new X500Name(subject),
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate()))
            .getEncoded());
  }

  private static String privateKey(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static String publicKey(KeyPair pair) {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded()).strip();
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static boolean holds(byte[] content, byte[] wanted) {
    return new String(content, java.nio.charset.StandardCharsets.ISO_8859_1)
        .contains(new String(wanted, java.nio.charset.StandardCharsets.ISO_8859_1));
  }
}
