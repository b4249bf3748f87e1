package dev.sekisho.acmpca;

import dev.sekisho.crypto.x509.OcspAnswers;
import dev.sekisho.crypto.x509.RevocationReason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** Answers OCSP for the authorities that have it switched on. */
final class Responder {

  /** How long an answer may be kept. */
  private static final Duration LIFE = Duration.ofHours(1);

  private final AcmPcaContext context;
  private final AuthorityKeys keys;

  Responder(AcmPcaContext context, AuthorityKeys keys) {
    this.context = context;
    this.keys = keys;
  }

  byte[] answer(String id, byte[] request, Instant now) {
    Optional<StoredAuthority> authority =
        context
            .database()
            .read(handle -> AuthorityStore.byId(handle, id))
            .filter(each -> !each.isDeleted() && each.own() != null && each.ocsp() != null);
    return authority.isEmpty()
        ? OcspAnswers.unauthorized()
        : new OcspAnswers(keys.open(authority.get()).issuer(), LIFE)
            .answer(
                request,
                now.truncatedTo(ChronoUnit.SECONDS),
                serial -> status(authority.get(), serial));
  }

  private OcspAnswers.Status status(StoredAuthority authority, BigInteger serial) {
    return context
        .database()
        .read(handle -> CertificateStore.find(handle, authority.arn(), Issuing.hexadecimal(serial)))
        .map(Responder::status)
        .orElseGet(OcspAnswers.Status.Unknown::new);
  }

  private static OcspAnswers.Status status(IssuedCertificate certificate) {
    return certificate.revokedAt() == null
        ? new OcspAnswers.Status.Good()
        : new OcspAnswers.Status.Revoked(
            certificate.revokedAt(),
            RevocationReason.valueOf(Objects.requireNonNull(certificate.reason())));
  }
}
