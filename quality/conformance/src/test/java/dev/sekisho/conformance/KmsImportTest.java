package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpiredImportTokenException;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyMaterialException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidImportTokenException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** Key material that comes from outside, with AWS's own client. */
class KmsImportTest {

  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("the secret");
  private static final String ENDLESS = "KEY_MATERIAL_DOES_NOT_EXPIRE";

  @TempDir private Path folder;
  private SekishoInstance sekisho;
  private KmsClient kms;

  @BeforeEach
  void start() {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterEach
  void stop() {
    kms.close();
    sekisho.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RSAES_OAEP_SHA_1,RSA_2048",
    "RSAES_OAEP_SHA_256,RSA_3072",
    "RSA_AES_KEY_WRAP_SHA_1,RSA_2048",
    "RSA_AES_KEY_WRAP_SHA_256,RSA_4096"
  })
  void aSymmetricKeyLivesFromItsImportToItsDeletion(String algorithm, String wrappingKey)
      throws Exception {
    KeyMetadata key = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    assertThat(key.keyStateAsString()).isEqualTo("PendingImport");
    assertThat(key.enabled()).isFalse();
    assertThat(key.originAsString()).isEqualTo("EXTERNAL");
    assertThat(key.currentKeyMaterialId()).isNull();
    assertThat(key.expirationModel()).isNull();
    refused(
        "KMSInvalidStateException",
        400,
        key.arn() + " is pending import.",
        () -> kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET)));

    byte[] material = random(32);
    ImportKeyMaterialResponse imported = bringIn(key, material, algorithm, wrappingKey);
    assertThat(imported.keyId()).isEqualTo(key.arn());
    KeyMetadata enabled = describe(key);
    assertThat(enabled.keyStateAsString()).isEqualTo("Enabled");
    assertThat(enabled.enabled()).isTrue();
    assertThat(enabled.expirationModelAsString()).isEqualTo(ENDLESS);
    assertThat(enabled.validTo()).isNull();
    assertThat(enabled.currentKeyMaterialId()).hasSize(64).isEqualTo(imported.keyMaterialId());

    SdkBytes sealed = kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET)).ciphertextBlob();
    kms.deleteImportedKeyMaterial(b -> b.keyId(key.keyId()));
    KeyMetadata emptied = describe(key);
    assertThat(emptied.keyStateAsString()).isEqualTo("PendingImport");
    assertThat(emptied.expirationModel()).isNull();
    assertThat(emptied.currentKeyMaterialId()).isEqualTo(imported.keyMaterialId());
    assertThatThrownBy(() -> kms.decrypt(b -> b.ciphertextBlob(sealed)))
        .isInstanceOf(KmsInvalidStateException.class);
    assertThatThrownBy(() -> bringIn(key, random(32), algorithm, wrappingKey))
        .isInstanceOf(IncorrectKeyMaterialException.class);

    assertThat(bringIn(key, material, algorithm, wrappingKey).keyMaterialId())
        .isEqualTo(imported.keyMaterialId());
    assertThat(kms.decrypt(b -> b.ciphertextBlob(sealed)).plaintext()).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"224,28,64", "256,32,64", "384,48,128", "512,64,128"})
  void anImportedHmacKeyMakesTheCodesThatItMadeOutside(int bits, int shortest, int longest)
      throws Exception {
    for (int length : new int[] {shortest, longest}) {
      KeyMetadata key = external("HMAC_" + bits, "GENERATE_VERIFY_MAC");
      byte[] material = random(length);
      assertThat(bringIn(key, material, "RSAES_OAEP_SHA_256", "RSA_2048").keyMaterialId()).isNull();
      Mac mac = Mac.getInstance("HmacSHA" + bits);
      mac.init(new SecretKeySpec(material, mac.getAlgorithm()));

      assertThat(
              kms.generateMac(
                      b -> b.keyId(key.keyId()).message(SECRET).macAlgorithm("HMAC_SHA_" + bits))
                  .mac()
                  .asByteArray())
          .isEqualTo(mac.doFinal(SECRET.asByteArray()));
    }
    for (int length : new int[] {shortest - 1, longest + 1}) {
      KeyMetadata key = external("HMAC_" + bits, "GENERATE_VERIFY_MAC");
      assertThatThrownBy(() -> bringIn(key, random(length), "RSAES_OAEP_SHA_256", "RSA_2048"))
          .isInstanceOf(IncorrectKeyMaterialException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ECC_NIST_P256,secp256r1,ECDSA_SHA_256,SHA256withECDSA",
    "ECC_NIST_P384,secp384r1,ECDSA_SHA_384,SHA384withECDSA",
    "ECC_NIST_P521,secp521r1,ECDSA_SHA_512,SHA512withECDSA"
  })
  void anImportedCurveKeySignsAsItself(String spec, String curve, String algorithm, String java)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    signsAsItself(spec, generator.generateKeyPair(), algorithm, java, "RSAES_OAEP_SHA_256");
  }

  @Test
  void anImportedRsaOrEdwardsKeySignsAsItself() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    signsAsItself(
        "RSA_2048",
        generator.generateKeyPair(),
        "RSASSA_PKCS1_V1_5_SHA_256",
        "SHA256withRSA",
        "RSA_AES_KEY_WRAP_SHA_256");
    signsAsItself(
        "ECC_NIST_EDWARDS25519",
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
        "ED25519_SHA_512",
        "Ed25519",
        "RSAES_OAEP_SHA_1");
  }

  private void signsAsItself(
      String spec, KeyPair pair, String algorithm, String java, String wrapping)
      throws GeneralSecurityException {
    KeyMetadata key = external(spec, "SIGN_VERIFY");
    bringIn(key, pair.getPrivate().getEncoded(), wrapping, "RSA_3072");
    assertThat(kms.getPublicKey(b -> b.keyId(key.keyId())).publicKey().asByteArray())
        .isEqualTo(pair.getPublic().getEncoded());
    Signature verifier = Signature.getInstance(java);
    verifier.initVerify(pair.getPublic());
    verifier.update(SECRET.asByteArray());
    assertThat(
            verifier.verify(
                kms.sign(b -> b.keyId(key.keyId()).message(SECRET).signingAlgorithm(algorithm))
                    .signature()
                    .asByteArray()))
        .isTrue();
  }

  @Test
  void aKeyOfAnotherKindIsNotTaken() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
    for (String spec : new String[] {"ECC_NIST_P256", "ECC_SECG_P256K1", "RSA_2048"}) {
      KeyMetadata key = external(spec, "SIGN_VERIFY");
      for (byte[] material : new byte[][] {other, random(32)}) {
        assertThatThrownBy(() -> bringIn(key, material, "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"))
            .isInstanceOf(IncorrectKeyMaterialException.class);
      }
      assertThat(describe(key).keyStateAsString()).isEqualTo("PendingImport");
    }
    KeyMetadata symmetric = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    for (int length : new int[] {16, 31, 33, 64}) {
      assertThatThrownBy(() -> bringIn(symmetric, random(length), "RSAES_OAEP_SHA_256", "RSA_2048"))
          .isInstanceOf(IncorrectKeyMaterialException.class);
    }
  }

  @Test
  void materialExpiresWhenItWasSaidTo() throws Exception {
    KeyMetadata key = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    byte[] material = random(32);
    Instant end =
        sekisho
            .clock()
            .instant()
            .plus(Duration.ofDays(10))
            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    bringIn(key, material, "RSAES_OAEP_SHA_256", "RSA_2048", end);
    assertThat(describe(key).expirationModelAsString()).isEqualTo("KEY_MATERIAL_EXPIRES");
    assertThat(describe(key).validTo()).isEqualTo(end);
    SdkBytes sealed = kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET)).ciphertextBlob();

    sekisho.clock().advance(Duration.ofDays(9));
    assertThat(kms.decrypt(b -> b.ciphertextBlob(sealed)).plaintext()).isEqualTo(SECRET);
    sekisho.clock().advance(Duration.ofDays(2));
    refused(
        "KMSInvalidStateException",
        400,
        key.arn() + " is pending import.",
        () -> kms.decrypt(b -> b.ciphertextBlob(sealed)));
    assertThat(describe(key).keyStateAsString()).isEqualTo("PendingImport");
    assertThat(describe(key).validTo()).isNull();

    bringIn(key, material, "RSAES_OAEP_SHA_256", "RSA_2048");
    assertThat(kms.decrypt(b -> b.ciphertextBlob(sealed)).plaintext()).isEqualTo(SECRET);
  }

  @Test
  void modelAndDateMustFitEachOther() {
    KeyMetadata key = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    SdkBytes any = SdkBytes.fromByteArray(new byte[256]);
    refused(
        "ValidationException",
        400,
        "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
        () ->
            kms.importKeyMaterial(
                b -> b.keyId(key.keyId()).importToken(any).encryptedKeyMaterial(any)));
    Instant now = sekisho.clock().instant();
    for (Instant outside : new Instant[] {now.minusSeconds(60), now.plus(Duration.ofDays(366))}) {
      assertThatThrownBy(() ->
              kms.importKeyMaterial(b ->
                  b.keyId(key.keyId()).importToken(any).encryptedKeyMaterial(any).validTo(outside)))
          .isInstanceOf(KmsException.class)
          .hasMessageContaining("within the next 365 days");
    }
  }

  @Test
  void aTokenIsForItsKeyItsMaterialAndADay() throws Exception {
    KeyMetadata key = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    KeyMetadata other = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    GetParametersForImportResponse parameters = parameters(key, "RSAES_OAEP_SHA_256", "RSA_2048");
    assertThat(parameters.keyId()).isEqualTo(key.arn());
    assertThat(parameters.importToken().asByteArray().length).isLessThanOrEqualTo(6_144);
    assertThat(Duration.between(sekisho.clock().instant(), parameters.parametersValidTo()))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    byte[] wrapped = wrap(parameters.publicKey(), random(32), "RSAES_OAEP_SHA_256");

    assertThatThrownBy(() -> send(other, parameters.importToken(), wrapped))
        .isInstanceOf(InvalidImportTokenException.class);
    byte[] altered = parameters.importToken().asByteArray();
    altered[altered.length / 2] ^= 1;
    assertThatThrownBy(() -> send(key, SdkBytes.fromByteArray(altered), wrapped))
        .isInstanceOf(InvalidImportTokenException.class);
    wrapped[3] ^= 1;
    assertThatThrownBy(() -> send(key, parameters.importToken(), wrapped))
        .isInstanceOf(InvalidCiphertextException.class);
    wrapped[3] ^= 1;
    sekisho.clock().advance(Duration.ofHours(25));
    assertThatThrownBy(() -> send(key, parameters.importToken(), wrapped))
        .isInstanceOf(ExpiredImportTokenException.class);
  }

  private void send(KeyMetadata key, SdkBytes token, byte[] wrapped) {
    kms.importKeyMaterial(b ->
        b.keyId(key.keyId())
            .importToken(token)
            .encryptedKeyMaterial(SdkBytes.fromByteArray(wrapped))
            .expirationModel(ENDLESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA_2048", "RSA_3072", "RSA_4096"})
  void rsaKeysAreTooLongForRsaAlone(String spec) {
    KeyMetadata key = external(spec, "ENCRYPT_DECRYPT");
    assertThatThrownBy(() -> parameters(key, "RSAES_OAEP_SHA_256", "RSA_4096"))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("cannot wrap key material of the KeySpec " + spec);
    assertThatThrownBy(() -> parameters(key, "RSAES_PKCS1_V1_5", "RSA_4096"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keysOfKmsItselfTakeNothingFromOutside() {
    KeyMetadata key = kms.createKey().keyMetadata();
    String message = key.arn() + " origin is AWS_KMS which is not valid for this operation.";
    refused(
        "UnsupportedOperationException",
        400,
        message,
        () -> parameters(key, "RSAES_OAEP_SHA_256", "RSA_2048"));
    refused(
        "UnsupportedOperationException",
        400,
        message,
        () -> kms.deleteImportedKeyMaterial(b -> b.keyId(key.keyId())));
  }

  @Test
  void newMaterialWaitsForItsRotationAndOnlyOneDoes() throws Exception {
    KeyMetadata key = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    String first = bringIn(key, random(32), "RSAES_OAEP_SHA_256", "RSA_2048").keyMaterialId();
    String second = bringInNew(key, random(32)).keyMaterialId();

    assertThat(second).isNotEqualTo(first);
    assertThat(describe(key).currentKeyMaterialId()).isEqualTo(first);
    assertThatThrownBy(() -> bringInNew(key, random(32)))
        .isInstanceOf(KmsInvalidStateException.class)
        .hasMessageContaining(
            "cannot be imported into KMS key "
                + key.arn()
                + ", because another key material (id: "
                + second
                + ") is pending rotation.");
    // What never was in use can go without the key's noticing.
    kms.deleteImportedKeyMaterial(b -> b.keyId(key.keyId()).keyMaterialId(second));
    assertThat(describe(key).keyStateAsString()).isEqualTo("Enabled");
    bringInNew(key, random(32));
  }

  @Test
  void aKeyWithoutItsMaterialThatIsSavedFromDeletionWaitsForItAgain() throws Exception {
    KeyMetadata key = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    kms.scheduleKeyDeletion(b -> b.keyId(key.keyId()).pendingWindowInDays(7));
    assertThatThrownBy(() -> parameters(key, "RSAES_OAEP_SHA_256", "RSA_2048"))
        .isInstanceOf(KmsInvalidStateException.class);
    kms.cancelKeyDeletion(b -> b.keyId(key.keyId()));
    assertThat(describe(key).keyStateAsString()).isEqualTo("PendingImport");
    bringIn(key, random(32), "RSAES_OAEP_SHA_256", "RSA_2048");
    assertThat(describe(key).keyStateAsString()).isEqualTo("Enabled");
  }

  @Test
  void theBytesOfAKeyAreNowhereInTheDataFolder() throws Exception {
    KeyMetadata symmetric = external("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    byte[] planted = random(32);
    bringIn(symmetric, planted, "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] number =
        ((java.security.interfaces.ECPrivateKey) imported(generator)).getS().toByteArray();
    byte[] scalar = Arrays.copyOfRange(number, number.length - 31, number.length);
    kms.encrypt(b -> b.keyId(symmetric.keyId()).plaintext(SECRET));

    notFound(planted, scalar);
    kms.scheduleKeyDeletion(b -> b.keyId(symmetric.keyId()).pendingWindowInDays(7));
    sekisho.clock().advance(Duration.ofDays(8));
    assertThatThrownBy(() -> describe(symmetric)).isInstanceOf(KmsException.class);
    notFound(planted, scalar);
  }

  private java.security.PrivateKey imported(KeyPairGenerator generator)
      throws GeneralSecurityException {
    KeyPair pair = generator.generateKeyPair();
    bringIn(
        external("ECC_NIST_P256", "SIGN_VERIFY"),
        pair.getPrivate().getEncoded(),
        "RSAES_OAEP_SHA_256",
        "RSA_2048");
    return pair.getPrivate();
  }

  private void notFound(byte[]... planted) throws Exception {
    int files = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        files++;
        for (byte[] secret : planted) {
          assertThat(contains(content, secret)).as("%s", file).isFalse();
        }
      }
    }
    assertThat(files).isPositive();
  }

  private static boolean contains(byte[] content, byte[] secret) {
    for (int i = 0; i + secret.length <= content.length; i++) {
      if (Arrays.equals(content, i, i + secret.length, secret, 0, secret.length)) {
        return true;
      }
    }
    return false;
  }

  private KeyMetadata external(String spec, String usage) {
    return kms.createKey(b -> b.keySpec(spec).keyUsage(usage).origin("EXTERNAL")).keyMetadata();
  }

  private KeyMetadata describe(KeyMetadata key) {
    return kms.describeKey(b -> b.keyId(key.keyId())).keyMetadata();
  }

  private GetParametersForImportResponse parameters(
      KeyMetadata key, String algorithm, String wrappingKey) {
    return kms.getParametersForImport(
        b -> b.keyId(key.keyId()).wrappingAlgorithm(algorithm).wrappingKeySpec(wrappingKey));
  }

  private ImportKeyMaterialResponse bringIn(
      KeyMetadata key, byte[] material, String algorithm, String wrappingKey)
      throws GeneralSecurityException {
    return bringIn(key, material, algorithm, wrappingKey, null);
  }

  private ImportKeyMaterialResponse bringIn(
      KeyMetadata key, byte[] material, String algorithm, String wrappingKey, Instant validTo)
      throws GeneralSecurityException {
    GetParametersForImportResponse parameters = parameters(key, algorithm, wrappingKey);
    SdkBytes wrapped = SdkBytes.fromByteArray(wrap(parameters.publicKey(), material, algorithm));
    return kms.importKeyMaterial(b ->
        b.keyId(key.keyId())
            .importToken(parameters.importToken())
            .encryptedKeyMaterial(wrapped)
            .validTo(validTo)
            .expirationModel(validTo == null ? ENDLESS : "KEY_MATERIAL_EXPIRES"));
  }

  private ImportKeyMaterialResponse bringInNew(KeyMetadata key, byte[] material)
      throws GeneralSecurityException {
    GetParametersForImportResponse parameters = parameters(key, "RSAES_OAEP_SHA_256", "RSA_2048");
    SdkBytes wrapped =
        SdkBytes.fromByteArray(wrap(parameters.publicKey(), material, "RSAES_OAEP_SHA_256"));
    return kms.importKeyMaterial(b ->
        b.keyId(key.keyId())
            .importToken(parameters.importToken())
            .encryptedKeyMaterial(wrapped)
            .importType("NEW_KEY_MATERIAL")
            .expirationModel(ENDLESS));
  }

  /** Wraps as a caller would, with what Java has. */
  private static byte[] wrap(SdkBytes publicKey, byte[] material, String algorithm)
      throws GeneralSecurityException {
    PublicKey rsa =
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(publicKey.asByteArray()));
    String hash = algorithm.endsWith("_1") ? "SHA-1" : "SHA-256";
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    oaep.init(
        Cipher.ENCRYPT_MODE,
        rsa,
        new OAEPParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
    if (!algorithm.startsWith("RSA_AES")) {
      return oaep.doFinal(material);
    }
    byte[] aes = random(32);
    Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
    wrap.init(Cipher.WRAP_MODE, new SecretKeySpec(aes, "AES"));
    byte[] wrapped = wrap.wrap(new SecretKeySpec(material, "AES"));
    byte[] key = oaep.doFinal(aes);
    byte[] both = Arrays.copyOf(key, key.length + wrapped.length);
    System.arraycopy(wrapped, 0, both, key.length, wrapped.length);
    return both;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
