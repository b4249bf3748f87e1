package dev.sekisho.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether certificates lead to one that signed itself.
 *
 * <p>Signatures, validity, path lengths and name constraints are checked by the JDK's PKIX
 * validator, those of the last certificate too; revocation is not.
 */
public final class CertificatePath {

  private CertificatePath() {}

  /**
   * Refuses what is no path.
   *
   * @param path the certificate in question first, the root last
   * @throws RefusedInput with what is wrong
   */
  public static void require(List<X509Certificate> path, Instant at) throws RefusedInput {
    X509Certificate root = path.getLast();
    if (!root.getSubjectX500Principal().equals(root.getIssuerX500Principal())) {
      throw new RefusedInput("The certificate chain does not end with a self-signed certificate.");
    }
    try {
      // The root is checked as a part of the path, for as an anchor its constraints do not count.
      TrustAnchor anchor =
          new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
      PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.addCertPathChecker(new AnyExtension());
      CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
      CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
    } catch (CertPathValidatorException invalid) {
      throw new RefusedInput("The certificate chain is not valid: " + reason(invalid) + ".");
    } catch (InvalidAlgorithmParameterException impossible) {
      throw new IllegalStateException("PKIX does not take its own parameters", impossible);
    } catch (GeneralSecurityException unreadable) {
      throw new RefusedInput("The certificate chain is not valid.");
    }
  }

  private static String reason(CertPathValidatorException invalid) {
    return switch (invalid.getReason()) {
      case CertPathValidatorException.BasicReason basic ->
          switch (basic) {
            case EXPIRED -> "a certificate has expired";
            case NOT_YET_VALID -> "a certificate is not valid yet";
            case INVALID_SIGNATURE -> "a signature is not valid";
            case ALGORITHM_CONSTRAINED -> "an algorithm or key is too weak";
            case REVOKED, UNDETERMINED_REVOCATION_STATUS, UNSPECIFIED ->
                "the certificates do not belong together";
          };
      case java.security.cert.PKIXReason pkix ->
          switch (pkix) {
            case NAME_CHAINING -> "an issuer is not the subject of the next certificate";
            case INVALID_NAME -> "a name constraint forbids a name";
            case PATH_TOO_LONG -> "the path is longer than an authority allows";
            case NOT_CA_CERT -> "a certificate does not belong to an authority";
            case INVALID_KEY_USAGE -> "a key must not sign certificates";
            case UNRECOGNIZED_CRIT_EXT, INVALID_POLICY, NO_TRUST_ANCHOR ->
                "the certificates do not belong together";
          };
      default -> "the certificates do not belong together";
    };
  }

  /** What an extension of one's own means is for those to say who use it. */
  private static final class AnyExtension extends PKIXCertPathChecker {

    @Override
    public void init(boolean forward) {
      // Nothing is remembered between certificates.
    }

    @Override
    public boolean isForwardCheckingSupported() {
      return true;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
      return null;
    }

    @Override
    public void check(Certificate certificate, @Nullable Collection<String> unresolved) {
      if (unresolved != null) {
        unresolved.clear();
      }
    }
  }
}
