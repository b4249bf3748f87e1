package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.ImportCertificateRequest;
import dev.sekisho.contract.acm.ImportCertificateResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestTags;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.crypto.x509.RefusedInput;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings in certificates that were issued elsewhere, with their keys. */
final class Imports implements AcmApi.Imports {

  private static final int SMALLEST_MODULUS = 1_024;

  private final CertificateWork work;
  private final CertificateStore store;

  Imports(CertificateWork work) {
    this.work = work;
    this.store = new CertificateStore(work.context().keyring());
  }

  /** What was handed over, once it is known to fit together. */
  private record Given(
      StoredCertificate.Content content, Secret key, List<String> names, String algorithm) {}

  @Override
  public Guarded<ImportCertificateResponse> importCertificate(Call<ImportCertificateRequest> call) {
    ImportCertificateRequest input = call.input();
    Map<String, String> tags = CertificateTags.read(input.tags());
    if (input.certificateArn() != null) {
      return work.on(
          call,
          input.certificateArn(),
          RequestTags.conditions(tags),
          (_, certificate) -> again(call, certificate));
    }
    return Guarded.by(
        new AccessCheck("acm:ImportCertificate", "*", null, RequestTags.conditions(tags), null),
        _ -> {
          Given given = read(input);
          StoredCertificate certificate = certificate(call, work.newArn(call), given);
          return Outcome.change(transaction -> {
            CertificateStore.insert(transaction, certificate, null);
            store.setContent(transaction, certificate.arn(), given.content(), given.key(), null);
            CertificateTags.put(transaction, certificate.arn(), tags);
            return imported(certificate.arn());
          });
        });
  }

  private Outcome<ImportCertificateResponse> again(
      Call<ImportCertificateRequest> call, StoredCertificate certificate) {
    if (certificate.kind() != StoredCertificate.Kind.IMPORTED) {
      throw AcmErrors.validation("Only imported certificates can be imported again.");
    }
    if (call.input().tags() != null) {
      throw AcmErrors.invalidParameter("Tags cannot be applied when a certificate is reimported.");
    }
    Given given = read(call.input());
    if (!given.algorithm().equals(certificate.keyAlgorithm())) {
      throw AcmErrors.validation(
          "The key algorithm of the certificate cannot be changed when it is reimported.");
    }
    return Outcome.change(transaction -> {
      CertificateWork.again(transaction, certificate);
      CertificateStore.reimport(transaction, certificate(call, certificate.arn(), given));
      store.setContent(transaction, certificate.arn(), given.content(), given.key(), null);
      return imported(certificate.arn());
    });
  }

  private static ImportCertificateResponse imported(String arn) {
    return ImportCertificateResponse.builder().certificateArn(arn).build();
  }

  private StoredCertificate certificate(Call<?> call, String arn, Given given) {
    Instant now = work.context().now();
    return new StoredCertificate(
        arn,
        call.account(),
        call.region(),
        StoredCertificate.Kind.IMPORTED,
        given.names().getFirst(),
        given.names(),
        StoredCertificate.Status.ISSUED,
        given.algorithm(),
        now,
        null,
        now,
        null,
        null,
        null,
        given.content(),
        null,
        null,
        false,
        false,
        false,
        null);
  }

  private Given read(ImportCertificateRequest input) {
    String text = text(input.certificate());
    X509Certificate certificate = one(text);
    Secret pem = Secret.of(input.privateKey().bytes());
    PrivateKey key = key(pem);
    String algorithm = CertificateFacts.keyAlgorithm(certificate);
    if (algorithm == null || tooShort(algorithm)) {
      throw AcmErrors.validation("The private key is not supported.");
    }
    if (!Certificates.match(certificate.getPublicKey(), key)) {
      throw AcmErrors.validation("The certificate and the private key do not match.");
    }
    requireUsable(certificate);
    Blob chain = input.certificateChain();
    requireChain(certificate, chain);
    List<String> names = CertificateFacts.names(certificate);
    return new Given(
        Issuance.content(text, chain == null ? null : text(chain)),
        Secret.of(Objects.requireNonNull(key.getEncoded())),
        names.isEmpty() ? List.of(CertificateFacts.subject(certificate)) : names,
        algorithm);
  }

  private static boolean tooShort(String algorithm) {
    return algorithm.startsWith("RSA_")
        && Integer.parseInt(algorithm.substring("RSA_".length())) < SMALLEST_MODULUS;
  }

  private static String text(Blob pem) {
    return new String(pem.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static X509Certificate one(String text) {
    try {
      if (Pem.read(text).size() == 1) {
        return Certificates.one(text);
      }
    } catch (RefusedInput | IllegalArgumentException unreadable) {
      // Refused below, as all that is not one certificate.
    }
    throw AcmErrors.validation("The certificate body/chain provided is not in a valid PEM format.");
  }

  private static PrivateKey key(Secret pem) {
    try {
      return Certificates.privateKey(pem);
    } catch (IllegalArgumentException unreadable) {
      throw AcmErrors.validation(
          "The private key is not in a valid PEM format, or it is encrypted.");
    }
  }

  private void requireUsable(X509Certificate certificate) {
    Instant now = work.context().now();
    if (!now.isBefore(certificate.getNotAfter().toInstant())) {
      throw AcmErrors.validation("The certificate has expired, is not valid.");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw AcmErrors.validation("The certificate is not in effect yet.");
    }
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (signature.startsWith("MD") || signature.startsWith("SHA1")) {
      throw AcmErrors.validation("The certificate's signature algorithm is not supported.");
    }
    if (certificate.getSerialNumber().signum() <= 0) {
      throw AcmErrors.validation("The certificate's serial number is not valid.");
    }
    for (String name : CertificateFacts.names(certificate)) {
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw AcmErrors.validation("The certificate has a name with a control character.");
      }
    }
  }

  private static void requireChain(X509Certificate certificate, @Nullable Blob chain) {
    if (chain == null) {
      if (!isSelfSigned(certificate)) {
        throw AcmErrors.validation(
            "Provided certificate is not a valid self signed. Please provide either a valid"
                + " self-signed certificate or certificate chain.");
      }
      return;
    }
    List<X509Certificate> above;
    try {
      String text = text(chain);
      var _ = Pem.read(text);
      above = Certificates.chain(text);
    } catch (RefusedInput | IllegalArgumentException unreadable) {
      throw AcmErrors.validation(
          "The certificate body/chain provided is not in a valid PEM format.");
    }
    if (!Certificates.isChain(certificate, above)) {
      throw AcmErrors.validation("Could not validate the certificate with the certificate chain.");
    }
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return Certificates.isChain(certificate, List.of(certificate));
  }
}
