package dev.sekisho.crypto.x509;

import dev.sekisho.crypto.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.function.Function;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether certificates are still good, signed by whoever issued them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960">RFC 6960</a>
 */
public final class OcspAnswers {

  /** Bytes of the largest request that is read. */
  public static final int LARGEST_REQUEST = 8 << 10;

  private static final int MOST_CERTIFICATES = 16;

  /** RFC 9654. */
  private static final int LONGEST_NONCE = 128;

  private static final Map<String, String> HASHES =
      Map.of(
          OIWObjectIdentifiers.idSHA1.getId(), "SHA-1",
          NISTObjectIdentifiers.id_sha256.getId(), "SHA-256",
          NISTObjectIdentifiers.id_sha384.getId(), "SHA-384",
          NISTObjectIdentifiers.id_sha512.getId(), "SHA-512");

  /** What is known of a certificate. */
  public sealed interface Status {

    /** It was issued and is not revoked. */
    record Good() implements Status {}

    /** It must not be trusted any more. */
    record Revoked(Instant at, RevocationReason reason) implements Status {}

    /** Nobody here issued it. */
    record Unknown() implements Status {}
  }

  private final Issuer issuer;
  private final Duration validFor;

  /**
   * @param validFor how long an answer may be kept
   */
  public OcspAnswers(Issuer issuer, Duration validFor) {
    this.issuer = issuer;
    this.validFor = validFor;
  }

  /** The answer that says only that the question is none. */
  public static byte[] malformed() {
    return failure(OCSPResp.MALFORMED_REQUEST);
  }

  /** The answer that says only that nobody is asked here about such certificates. */
  public static byte[] unauthorized() {
    return failure(OCSPResp.UNAUTHORIZED);
  }

  private static byte[] failure(int code) {
    try {
      return new OCSPRespBuilder().build(code, null).getEncoded();
    } catch (OCSPException | IOException impossible) {
      throw new IllegalStateException("an answer of one number cannot be made", impossible);
    }
  }

  /**
   * Answers a request.
   *
   * @param request in DER
   * @param statuses by serial number
   */
  public byte[] answer(byte[] request, Instant now, Function<BigInteger, Status> statuses) {
    if (request.length > LARGEST_REQUEST) {
      return malformed();
    }
    OCSPReq read;
    Req[] asked;
    @Nullable Extension nonce;
    try {
      read = new OCSPReq(request);
      asked = read.getRequestList();
      nonce = read.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    } catch (IOException | RuntimeException unreadable) {
      return malformed();
    }
    if (asked.length == 0 || asked.length > MOST_CERTIFICATES) {
      return malformed();
    }
    BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(issuer.name()));
    for (Req each : asked) {
      CertificateID id = each.getCertID();
      builder.addResponse(
          id,
          status(isOurs(id) ? statuses.apply(id.getSerialNumber()) : new Status.Unknown()),
          Date.from(now),
          Date.from(now.plus(validFor)),
          null);
    }
    if (nonce != null) {
      byte[] value = nonce.getExtnValue().getOctets();
      if (value.length > LONGEST_NONCE) {
        return malformed();
      }
      builder.setResponseExtensions(
          new Extensions(
              new Extension(
                  OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(value))));
    }
    try {
      return new OCSPRespBuilder()
          .build(
              OCSPResp.SUCCESSFUL,
              builder.build(
                  issuer.signature().by(issuer.key()),
                  new X509CertificateHolder[0],
                  Date.from(now)))
          .getEncoded();
    } catch (OCSPException impossible) {
      throw new IllegalStateException("an answer cannot be signed", impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException("what was made cannot be written", impossible);
    }
  }

  private boolean isOurs(CertificateID id) {
    String hash = HASHES.get(id.getHashAlgOID().getId());
    if (hash == null) {
      return false;
    }
    MessageDigest digest = Digests.begin(hash);
    byte[] name = digest.digest(issuer.encodedName());
    byte[] key =
        digest.digest(
            SubjectPublicKeyInfo.getInstance(issuer.publicKey().bytes())
                .getPublicKeyData()
                .getBytes());
    return Arrays.equals(name, id.getIssuerNameHash()) && Arrays.equals(key, id.getIssuerKeyHash());
  }

  private static @Nullable CertificateStatus status(Status status) {
    return switch (status) {
      case Status.Good() -> CertificateStatus.GOOD;
      case Status.Unknown() -> new UnknownStatus();
      case Status.Revoked(Instant at, RevocationReason reason) ->
          new RevokedStatus(Date.from(at), reason.code());
    };
  }
}
