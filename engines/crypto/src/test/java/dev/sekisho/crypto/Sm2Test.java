package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SM2 by itself, and beside OpenSSL where it is installed. */
class Sm2Test {

  private final Random random = new Random(11);

  @Test
  void whatIsEncryptedIsDecryptedAndEveryFlippedBitIsRefused() {
    AsymmetricKey key = KeyPairs.generate(KeyPairSpec.SM2);
    for (int i = 0; i < 40; i++) {
      byte[] plaintext = bytes(random.nextInt(1, Sm2.CAPACITY + 1));
      byte[] sealed = Sm2.encrypt(key, plaintext);

      assertThat(Sm2.decrypt(key, sealed)).isEqualTo(plaintext);
      byte[] altered = sealed.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> Sm2.decrypt(key, altered)).isInstanceOf(CryptoException.class);
      assertThatThrownBy(() -> Sm2.decrypt(key, Arrays.copyOf(sealed, sealed.length - 1)))
          .isInstanceOf(CryptoException.class);
      assertThatThrownBy(() -> Sm2.decrypt(key, Arrays.copyOf(sealed, sealed.length + 1)))
          .isInstanceOf(CryptoException.class);
    }
    byte[] others = Sm2.encrypt(KeyPairs.generate(KeyPairSpec.SM2), bytes(16));
    assertThatThrownBy(() -> Sm2.decrypt(key, others)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> Sm2.decrypt(key, new byte[0])).isInstanceOf(CryptoException.class);
  }

  /** GB/T 32918.2: the hash covers the identifier, the curve and the public key as well. */
  @Test
  void aDigestMadeByTheSignersRuleGivesTheSameSignaturesAsTheMessage() {
    AsymmetricKey key = KeyPairs.generate(KeyPairSpec.SM2);
    byte[] message = bytes(100);
    byte[] digest = digest(key, message);

    byte[] ofMessage = Signatures.sign(key, SigningAlgorithm.SM2DSA, MessageType.RAW, message);
    byte[] ofDigest = Signatures.sign(key, SigningAlgorithm.SM2DSA, MessageType.DIGEST, digest);

    for (byte[] signature : List.of(ofMessage, ofDigest)) {
      assertThat(
              Signatures.verify(key, SigningAlgorithm.SM2DSA, MessageType.RAW, message, signature))
          .isTrue();
      assertThat(
              Signatures.verify(
                  key, SigningAlgorithm.SM2DSA, MessageType.DIGEST, digest, signature))
          .isTrue();
    }
  }

  @Test
  void opensslVerifiesWhatIsSignedAndReadsWhatIsEncrypted(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(openssl(folder, "version") == 0, "OpenSSL is not installed here");
    AsymmetricKey key = KeyPairs.generate(KeyPairSpec.SM2);
    Files.write(folder.resolve("public.der"), key.subjectPublicKeyInfo().bytes());
    Files.write(folder.resolve("private.der"), key.pkcs8().reveal());
    byte[] message = "関所".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("message"), message);
    Files.write(
        folder.resolve("signature"),
        Signatures.sign(key, SigningAlgorithm.SM2DSA, MessageType.RAW, message));
    Files.write(folder.resolve("sealed"), Sm2.encrypt(key, message));

    assertThat(
            openssl(
                folder,
                "dgst",
                "-sm3",
                "-sigopt",
                "distid:1234567812345678",
                "-keyform",
                "DER",
                "-verify",
                "public.der",
                "-signature",
                "signature",
                "message"))
        .isZero();
    assertThat(
            openssl(
                folder,
                "pkeyutl",
                "-decrypt",
                "-keyform",
                "DER",
                "-inkey",
                "private.der",
                "-in",
                "sealed",
                "-out",
                "opened"))
        .isZero();
    assertThat(Files.readAllBytes(folder.resolve("opened"))).isEqualTo(message);
  }

  @Test
  void whatOpensslEncryptedIsDecrypted(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(openssl(folder, "version") == 0, "OpenSSL is not installed here");
    AsymmetricKey key = KeyPairs.generate(KeyPairSpec.SM2);
    Files.write(folder.resolve("public.der"), key.subjectPublicKeyInfo().bytes());
    Files.write(folder.resolve("message"), bytes(300));

    assertThat(
            openssl(
                folder,
                "pkeyutl",
                "-encrypt",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                "public.der",
                "-in",
                "message",
                "-out",
                "sealed"))
        .isZero();

    assertThat(Sm2.decrypt(key, Files.readAllBytes(folder.resolve("sealed"))))
        .isEqualTo(Files.readAllBytes(folder.resolve("message")));
  }

  private static byte[] digest(AsymmetricKey key, byte[] message) {
    byte[] identifier = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    SM3Digest z = new SM3Digest();
    z.update((byte) 0);
    z.update((byte) (identifier.length * 8));
    z.update(identifier, 0, identifier.length);
    var curve = org.bouncycastle.asn1.gm.GMNamedCurves.getByName("sm2p256v1");
    field(z, curve.getCurve().getA().toBigInteger());
    field(z, curve.getCurve().getB().toBigInteger());
    field(z, curve.getG().getAffineXCoord().toBigInteger());
    field(z, curve.getG().getAffineYCoord().toBigInteger());
    var point = ((java.security.interfaces.ECPublicKey) key.publicKey()).getW();
    field(z, point.getAffineX());
    field(z, point.getAffineY());
    byte[] first = new byte[32];
    z.doFinal(first, 0);
    SM3Digest whole = new SM3Digest();
    whole.update(first, 0, first.length);
    whole.update(message, 0, message.length);
    byte[] digest = new byte[32];
    whole.doFinal(digest, 0);
    return digest;
  }

  private static void field(SM3Digest digest, BigInteger value) {
    byte[] bytes = org.bouncycastle.util.BigIntegers.asUnsignedByteArray(32, value);
    digest.update(bytes, 0, bytes.length);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int openssl(Path folder, String... arguments) throws InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException notThere) {
      return -1;
    }
  }
}
