package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;

/** What KMS signs, encrypts and agrees on is what OpenSSL makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsOpensslTest {

  private static final byte[] MESSAGE =
      "openssl shall verify this".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  @TempDir private Path files;
  private SekishoInstance sekisho;
  private KmsClient kms;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "there is no openssl here");
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      kms.close();
      sekisho.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_2048,RSASSA_PKCS1_V1_5_SHA_256,-sha256,",
    "RSA_3072,RSASSA_PKCS1_V1_5_SHA_384,-sha384,",
    "RSA_4096,RSASSA_PSS_SHA_512,-sha512,rsa_padding_mode:pss rsa_pss_saltlen:64 rsa_mgf1_md:sha512",
    "RSA_2048,RSASSA_PSS_SHA_256,-sha256,rsa_padding_mode:pss rsa_pss_saltlen:32 rsa_mgf1_md:sha256",
    "ECC_NIST_P256,ECDSA_SHA_256,-sha256,",
    "ECC_NIST_P384,ECDSA_SHA_384,-sha384,",
    "ECC_NIST_P521,ECDSA_SHA_512,-sha512,",
    "ECC_SECG_P256K1,ECDSA_SHA_256,-sha256,"
  })
  void opensslVerifies(String spec, String algorithm, String digest, String options)
      throws Exception {
    String key = create(spec, "SIGN_VERIFY");
    Path signature = write("signature", sign(key, algorithm));
    List<String> command = new ArrayList<>(List.of("dgst", digest));
    if (options != null) {
      for (String option : options.split(" ")) {
        command.addAll(List.of("-sigopt", option));
      }
    }
    command.addAll(
        List.of(
            "-keyform",
            "DER",
            "-verify",
            publicKey(key).toString(),
            "-signature",
            signature.toString(),
            write("message", MESSAGE).toString()));

    assertThat(openssl(command)).contains("Verified OK");
  }

  @Test
  void opensslVerifiesEd25519() throws Exception {
    String key = create("ECC_NIST_EDWARDS25519", "SIGN_VERIFY");

    assertThat(
            openssl(
                List.of(
                    "pkeyutl",
                    "-verify",
                    "-pubin",
                    "-keyform",
                    "DER",
                    "-inkey",
                    publicKey(key).toString(),
                    "-rawin",
                    "-in",
                    write("message", MESSAGE).toString(),
                    "-sigfile",
                    write("signature", sign(key, "ED25519_SHA_512")).toString())))
        .contains("Verified Successfully");
  }

  @ParameterizedTest
  @CsvSource({"RSAES_OAEP_SHA_1,sha1", "RSAES_OAEP_SHA_256,sha256"})
  void whatOpensslEncryptsKmsDecrypts(String algorithm, String hash) throws Exception {
    String key = create("RSA_2048", "ENCRYPT_DECRYPT");
    Path sealed = files.resolve("sealed");
    openssl(
        List.of(
            "pkeyutl",
            "-encrypt",
            "-pubin",
            "-keyform",
            "DER",
            "-inkey",
            publicKey(key).toString(),
            "-pkeyopt",
            "rsa_padding_mode:oaep",
            "-pkeyopt",
            "rsa_oaep_md:" + hash,
            "-pkeyopt",
            "rsa_mgf1_md:" + hash,
            "-in",
            write("message", MESSAGE).toString(),
            "-out",
            sealed.toString()));

    assertThat(
            kms.decrypt(
                    b -> b.keyId(key).encryptionAlgorithm(algorithm).ciphertextBlob(bytes(sealed)))
                .plaintext()
                .asByteArray())
        .isEqualTo(MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({"ECC_NIST_P256,prime256v1", "ECC_NIST_P384,secp384r1", "ECC_NIST_P521,secp521r1"})
  void opensslComesToTheSameSecret(String spec, String curve) throws Exception {
    String key = create(spec, "KEY_AGREEMENT");
    Path own = files.resolve("own.pem");
    Path ownPublic = files.resolve("own.der");
    Path secret = files.resolve("secret");
    openssl(
        List.of(
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:" + curve,
            "-out",
            own.toString()));
    openssl(
        List.of(
            "pkey",
            "-in",
            own.toString(),
            "-pubout",
            "-outform",
            "DER",
            "-out",
            ownPublic.toString()));
    openssl(
        List.of(
            "pkeyutl",
            "-derive",
            "-inkey",
            own.toString(),
            "-peerform",
            "DER",
            "-peerkey",
            publicKey(key).toString(),
            "-out",
            secret.toString()));

    assertThat(
            kms.deriveSharedSecret(
                    b -> b.keyId(key).keyAgreementAlgorithm("ECDH").publicKey(bytes(ownPublic)))
                .sharedSecret())
        .isEqualTo(bytes(secret));
  }

  @ParameterizedTest
  @CsvSource({"RSA_2048", "ECC_NIST_P256", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519"})
  void opensslReadsDataKeyPairs(String spec) throws Exception {
    String key = kms.createKey().keyMetadata().keyId();
    GenerateDataKeyPairResponse pair = kms.generateDataKeyPair(b -> b.keyId(key).keyPairSpec(spec));
    Path privateKey = write("private", pair.privateKeyPlaintext().asByteArray());
    Path computed = files.resolve("computed");
    openssl(
        List.of(
            "pkey",
            "-inform",
            "DER",
            "-in",
            privateKey.toString(),
            "-pubout",
            "-outform",
            "DER",
            "-out",
            computed.toString()));

    assertThat(bytes(computed)).isEqualTo(pair.publicKey());
  }

  private String create(String spec, String usage) {
    return kms.createKey(b -> b.keySpec(spec).keyUsage(usage)).keyMetadata().keyId();
  }

  private byte[] sign(String key, String algorithm) {
    return kms.sign(
            b -> b.keyId(key).message(SdkBytes.fromByteArray(MESSAGE)).signingAlgorithm(algorithm))
        .signature()
        .asByteArray();
  }

  private Path publicKey(String key) throws IOException {
    return write("public", kms.getPublicKey(b -> b.keyId(key)).publicKey().asByteArray());
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(files.resolve(name), bytes);
  }

  private static SdkBytes bytes(Path file) {
    try {
      return SdkBytes.fromByteArray(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String openssl(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }
}
