package dev.sekisho.crypto.x509;

import dev.sekisho.core.Blob;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** A certificate authority for tests. */
record Authority(Issuer issuer, List<X509Certificate> path) {

  static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  static Authority root(KeyPairSpec spec, CertificateSignature signature) throws Exception {
    AsymmetricKey key = KeyPairs.generate(spec);
    Issuer issuer = new Issuer(new X500Name("CN=Root " + spec), key, signature);
    byte[] own = issuer.sign(draft(issuer, issuer.name(), key, List.of(ca(-1), signs())));
    return new Authority(issuer, List.of(parse(own)));
  }

  Authority below(int pathLength, CertificateExtension... more) throws Exception {
    AsymmetricKey key = KeyPairs.generate(KeyPairSpec.ECC_NIST_P256);
    Issuer below =
        new Issuer(
            new X500Name("CN=Below " + issuer.name()), key, CertificateSignature.SHA256WITHECDSA);
    List<CertificateExtension> extensions = new ArrayList<>(List.of(ca(pathLength), signs()));
    extensions.addAll(List.of(more));
    byte[] certificate = issuer.sign(draft(issuer, below.name(), key, extensions));
    List<X509Certificate> longer = new ArrayList<>(path);
    longer.addFirst(parse(certificate));
    return new Authority(below, longer);
  }

  List<X509Certificate> leaf(String name, CertificateExtension... extensions) throws Exception {
    byte[] leaf =
        issuer.sign(
            draft(
                issuer,
                new X500Name(name),
                KeyPairs.generate(KeyPairSpec.ECC_NIST_P256),
                List.of(extensions)));
    List<X509Certificate> longer = new ArrayList<>(path);
    longer.addFirst(parse(leaf));
    return longer;
  }

  static CertificateDraft draft(
      Issuer issuer, X500Name subject, AsymmetricKey key, List<CertificateExtension> extensions) {
    Blob publicKey = key.subjectPublicKeyInfo();
    List<CertificateExtension> all = new ArrayList<>(extensions);
    all.add(KeyIdentifiers.subject(publicKey));
    all.add(KeyIdentifiers.authority(issuer.publicKey()));
    return new CertificateDraft(
        BigInteger.valueOf(77),
        subject,
        publicKey,
        NOW.minus(Duration.ofHours(1)),
        NOW.plus(Duration.ofDays(365)),
        all);
  }

  static CertificateExtension ca(int pathLength) {
    return CertificateExtension.of(
        Extension.basicConstraints,
        true,
        pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
  }

  private static CertificateExtension signs() {
    return CertificateExtension.of(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  static X509Certificate parse(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
