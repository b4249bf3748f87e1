package dev.sekisho.acm;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.crypto.x509.CertificateDraft;
import dev.sekisho.crypto.x509.CertificateExtension;
import dev.sekisho.crypto.x509.CertificateSignature;
import dev.sekisho.crypto.x509.Issuer;
import dev.sekisho.crypto.x509.KeyIdentifiers;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jdbi.v3.core.Handle;

/**
 * The authority that stands for the public ones: a root, made when it is first asked for, and an
 * authority below it that issues. Whoever trusts the root trusts every certificate of this Sekisho.
 */
final class PublicAuthority {

  /** As long as AWS's: since 2026 public certificates live at most 200 days. */
  static final Duration LIFE = Duration.ofDays(198);

  private static final String ROOT = "root";
  private static final String ISSUING = "issuing";
  private static final String PURPOSE = "acm/authority/";
  private static final int SERIAL_BYTES = 16;
  private static final Duration BACK = Duration.ofHours(1);

  /** As long as a clock that is moved far ahead in a test still finds it valid. */
  private static final Duration ROOT_LIFE = Duration.ofDays(36_500);

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn("acm_authority", "private_key", List.of("id"), PURPOSE, "id");

  private final AcmContext context;

  PublicAuthority(AcmContext context) {
    this.context = context;
  }

  private record Member(String certificate, Issuer issuer) {}

  /** The root's certificate in PEM. */
  String root() {
    return member(ROOT).certificate();
  }

  /** What leads from what is issued to the root, in PEM. */
  String chain() {
    return member(ISSUING).certificate() + root();
  }

  /** A certificate for servers and clients of these names, in DER. */
  byte[] issue(List<String> names, Blob publicKey, Instant now) {
    Issuer issuer = member(ISSUING).issuer();
    GeneralName[] alternatives =
        names.stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return sign(
        issuer,
        new X500Name("CN=" + names.getFirst()),
        publicKey,
        now,
        LIFE,
        List.of(
            CertificateExtension.of(
                Extension.subjectAlternativeName, false, new GeneralNames(alternatives)),
            CertificateExtension.of(Extension.basicConstraints, true, new BasicConstraints(false)),
            CertificateExtension.of(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)),
            CertificateExtension.of(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                    new KeyPurposeId[] {
                      KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))));
  }

  private byte[] sign(
      Issuer issuer,
      X500Name subject,
      Blob publicKey,
      Instant now,
      Duration life,
      List<CertificateExtension> extensions) {
    Instant from = now.minus(BACK).truncatedTo(ChronoUnit.SECONDS);
    byte[] serial = context.randomness().bytes(SERIAL_BYTES);
    serial[0] = (byte) ((serial[0] & 0x7f) | 0x40);
    List<CertificateExtension> all = new java.util.ArrayList<>(extensions);
    all.add(KeyIdentifiers.subject(publicKey));
    all.add(KeyIdentifiers.authority(issuer.publicKey()));
    return issuer.sign(
        new CertificateDraft(
            new BigInteger(1, serial), subject, publicKey, from, from.plus(life), all));
  }

  private Member member(String id) {
    return context
        .database()
        .read(handle -> find(handle, id))
        .orElseGet(() -> id.equals(ROOT) ? make(ROOT, null) : make(ISSUING, member(ROOT)));
  }

  private Optional<Member> find(Handle handle, String id) {
    return handle
        .createQuery(
            "select certificate, public_key, private_key from acm_authority where id = :id")
        .bind("id", id)
        .map((row, _) -> new Member(row.getString(1), issuer(id, row.getBytes(2), row.getBytes(3))))
        .findOne();
  }

  private Issuer issuer(String id, byte[] publicKey, byte[] sealed) {
    byte[] pkcs8 = context.keyring().open(PURPOSE + id, sealed);
    try {
      return issuer(
          id, KeyPairs.read(KeyPairSpec.ECC_NIST_P256, Secret.of(pkcs8), Blob.of(publicKey)));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static Issuer issuer(String id, AsymmetricKey key) {
    return new Issuer(
        new X500Name(
            id.equals(ROOT) ? "CN=Sekisho Root CA 1,O=Sekisho" : "CN=Sekisho M01,O=Sekisho"),
        key,
        CertificateSignature.SHA256WITHECDSA);
  }

  /** Makes a member; of several who try at once the first one's is kept. */
  private Member make(String id, @org.jspecify.annotations.Nullable Member above) {
    AsymmetricKey key = context.keyPairs().take(KeyPairSpec.ECC_NIST_P256);
    Issuer self = issuer(id, key);
    String certificate =
        Pem.write(
            "CERTIFICATE",
            sign(
                above == null ? self : above.issuer(),
                self.name(),
                self.publicKey(),
                context.now(),
                ROOT_LIFE,
                List.of(
                    CertificateExtension.of(
                        Extension.basicConstraints,
                        true,
                        above == null ? new BasicConstraints(true) : new BasicConstraints(0)),
                    CertificateExtension.of(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)))));
    byte[] revealed = key.pkcs8().reveal();
    try {
      byte[] sealed = context.keyring().seal(PURPOSE + id, revealed);
      context
          .database()
          .write(transaction ->
              StoreTransaction.handle(transaction)
                  .execute(
                      "insert into acm_authority (id, certificate, public_key, private_key)"
                          + " values (?, ?, ?, ?) on conflict do nothing",
                      id,
                      certificate,
                      key.subjectPublicKeyInfo().bytes(),
                      sealed));
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
    return context.database().read(handle -> find(handle, id)).orElseThrow();
  }
}
