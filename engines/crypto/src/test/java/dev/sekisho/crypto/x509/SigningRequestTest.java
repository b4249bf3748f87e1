package dev.sekisho.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for certificates, honest and hostile. */
class SigningRequestTest {

  private static final String TYPE = "CERTIFICATE REQUEST";

  @ParameterizedTest
  @CsvSource({
    "ECC_NIST_P256, SHA256WITHECDSA",
    "ECC_NIST_P384, SHA384WITHECDSA",
    "RSA_2048, SHA256WITHRSA",
    "RSA_2048, SHA384WITHRSA_PSS",
    "ML_DSA_44, ML_DSA_44"
  })
  void whatWasAskedIsRead(KeyPairSpec spec, CertificateSignature signature) throws Exception {
    Issuer asking = new Issuer(new X500Name("CN=Kanban,O=関所"), KeyPairs.generate(spec), signature);
    CertificateExtension names =
        CertificateExtension.of(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "kanban.example")));

    SigningRequest read = SigningRequest.read(pem(asking.request(List.of(names))));

    assertThat(read.subject()).isEqualTo(asking.name());
    assertThat(read.publicKey()).isEqualTo(asking.publicKey());
    assertThat(read.extensions()).containsExactly(names);
  }

  /** Flipping any bit is noticed: nearly everything is signed, and the rest is checked. */
  @Test
  void alteredRequestsAreRefused() throws Exception {
    byte[] der = ecdsa(new X500Name("CN=Kanban")).request(List.of());
    assertThat(SigningRequest.read(pem(der)).extensions()).isEmpty();
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      byte[] altered = der.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> SigningRequest.read(pem(altered))).isInstanceOf(RefusedInput.class);
    }
  }

  @Test
  void weakHashesAreRefused() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (String hash : List.of("MD5withRSA", "SHA1withRSA")) {
      refused(request(pair, hash), "signature algorithm");
    }
  }

  @Test
  void keysTooShortAndTooLongAreRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1_024);
    refused(request(generator.generateKeyPair(), "SHA256withRSA"), "too short");
  }

  @Test
  void namesWithControlCharactersAreRefused() throws Exception {
    X500Name nul =
        new X500NameBuilder()
            .addRDN(BCStyle.CN, new DERUTF8String("bank.example\0.evil.example"))
            .build();

    refused(ecdsa(nul).request(List.of()), "control character");
  }

  @Test
  void otherTextsAreRefused() {
    for (String text :
        List.of(
            "",
            "-----BEGIN CERTIFICATE REQUEST-----",
            Pem.write("CERTIFICATE", new byte[] {48, 0}),
            Pem.write(TYPE, new byte[0]),
            Pem.write(TYPE, new byte[] {48, (byte) 0x84, 127, 127, 127, 127}),
            Pem.write(TYPE, new byte[] {48, 0}) + Pem.write(TYPE, new byte[] {48, 0}))) {
      assertThatThrownBy(() -> SigningRequest.read(text.getBytes(StandardCharsets.US_ASCII)))
          .isInstanceOf(RefusedInput.class);
    }
  }

  private static byte[] request(KeyPair pair, String algorithm) throws Exception {
    return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=Kanban"), pair.getPublic())
        .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()))
        .getEncoded();
  }

  private static Issuer ecdsa(X500Name name) {
    return new Issuer(
        name, KeyPairs.generate(KeyPairSpec.ECC_NIST_P256), CertificateSignature.SHA256WITHECDSA);
  }

  private static byte[] pem(byte[] der) {
    return Pem.write(TYPE, der).getBytes(StandardCharsets.US_ASCII);
  }

  private static void refused(byte[] der, String why) {
    assertThatThrownBy(() -> SigningRequest.read(pem(der)))
        .isInstanceOf(RefusedInput.class)
        .hasMessageContaining(why);
  }
}
