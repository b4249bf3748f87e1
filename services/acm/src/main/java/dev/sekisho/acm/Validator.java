package dev.sekisho.acm;

import dev.sekisho.core.Arn;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does what is due to certificates without anybody asking: proves domains, issues what is proved,
 * renews what is about to expire.
 */
final class Validator {

  /** How long a domain may take to be proved. */
  static final Duration PATIENCE = Duration.ofDays(3);

  /** How long before its end a certificate is renewed. */
  static final Duration AHEAD = Duration.ofDays(60);

  private static final System.Logger LOG = System.getLogger(Validator.class.getName());
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofHours(12);
  private static final String PENDING = "PENDING_VALIDATION";
  private static final int BATCH = 100;
  private static final int MOST_SILENCES = 3;

  private final AcmContext context;
  private final CertificateStore store;
  private final Issuance issuance;

  Validator(AcmContext context, Issuance issuance) {
    this.context = context;
    this.store = new CertificateStore(context.keyring());
    this.issuance = issuance;
  }

  /** Looks at what is due, each once; when the resolver keeps silent, the rest waits. */
  void run(Instant now) {
    int silences = 0;
    for (StoredCertificate each :
        context.database().read(handle -> CertificateStore.due(handle, now, BATCH))) {
      try {
        look(each, now);
      } catch (IOException silent) {
        // One zone that does not answer must not hold up those of others.
        later(each, now.plus(BETWEEN));
        silences++;
        LOG.log(
            System.Logger.Level.WARNING, "{0} is not proved: {1}", each.arn(), silent.getMessage());
      }
      if (silences == MOST_SILENCES) {
        return;
      }
    }
  }

  private void look(StoredCertificate certificate, Instant now) throws IOException {
    switch (certificate.status()) {
      case PENDING_VALIDATION -> prove(certificate, now);
      case ISSUED -> renew(certificate, now);
      case VALIDATION_TIMED_OUT, REVOKED, FAILED -> later(certificate, null);
    }
  }

  /** When an issued certificate is to be renewed; null when nobody has it. */
  static @Nullable Instant renewal(
      StoredCertificate certificate, StoredCertificate.Content content) {
    return certificate.kind() != StoredCertificate.Kind.IMPORTED && certificate.exported()
        ? content.notAfter().minus(AHEAD)
        : null;
  }

  private void prove(StoredCertificate certificate, Instant now) throws IOException {
    if (now.isAfter(certificate.createdAt().plus(PATIENCE))) {
      context
          .database()
          .write(transaction -> {
            CertificateStore.setStatus(
                transaction,
                certificate.arn(),
                StoredCertificate.Status.VALIDATION_TIMED_OUT,
                null);
            return certificate;
          });
    } else if (proved(certificate)) {
      issue(certificate, issuance.publicly(certificate, now), now);
    } else {
      later(certificate, now.plus(BETWEEN));
    }
  }

  private void issue(StoredCertificate certificate, Issuance.Issued issued, Instant now) {
    context
        .database()
        .write(transaction -> {
          StoredCertificate again = CertificateWork.again(transaction, certificate);
          if (again.status() == StoredCertificate.Status.PENDING_VALIDATION) {
            store.setContent(
                transaction, certificate.arn(), issued.content(), issued.privateKey(), now);
            CertificateStore.setDue(
                transaction, certificate.arn(), renewal(again, issued.content()));
          }
          return certificate;
        });
  }

  private void later(StoredCertificate certificate, @Nullable Instant due) {
    context
        .database()
        .write(transaction -> {
          CertificateStore.setDue(transaction, certificate.arn(), due);
          return certificate;
        });
  }

  /** Asks DNS for what is not proved yet; whether all is proved now. */
  private boolean proved(StoredCertificate certificate) throws IOException {
    Map<String, String> statuses =
        new HashMap<>(
            context.database().read(handle -> ValidationStore.of(handle, certificate.arn())));
    for (Map.Entry<String, String> each : statuses.entrySet()) {
      if (each.getValue().equals(PENDING) && isInDns(certificate, each.getKey())) {
        each.setValue("SUCCESS");
        context
            .database()
            .write(transaction -> {
              ValidationStore.set(transaction, certificate.arn(), each.getKey(), "SUCCESS");
              return certificate;
            });
      }
    }
    return !statuses.isEmpty() && statuses.values().stream().allMatch("SUCCESS"::equals);
  }

  private boolean isInDns(StoredCertificate certificate, String name) throws IOException {
    Optional<Challenge> challenge =
        context
            .database()
            .read(handle -> ValidationStore.find(handle, certificate.account(), name));
    if (challenge.isEmpty()) {
      return false;
    }
    return context.names().aliases(challenge.get().record()).stream()
        .anyMatch(challenge.get().target()::equalsIgnoreCase);
  }

  /** Renews, at once or as far as it goes; how far is said by the certificate. */
  void renew(StoredCertificate certificate, Instant now) throws IOException {
    if (!certificate.isEligible()) {
      later(certificate, null);
    } else if (certificate.kind() == StoredCertificate.Kind.PRIVATE) {
      renewPrivately(certificate, now);
    } else {
      renewPublicly(certificate, now);
    }
  }

  private void renewPublicly(StoredCertificate certificate, Instant now) throws IOException {
    boolean begun = certificate.renewal() != null && certificate.renewal().status().equals(PENDING);
    if (!begun) {
      context
          .database()
          .write(transaction -> {
            ValidationStore.begin(transaction, certificate.arn(), certificate.names());
            return certificate;
          });
    }
    if (proved(certificate)) {
      renewed(certificate, issuance.publicly(certificate, now), now);
    } else {
      failed(certificate, PENDING, null, now, now.plus(begun ? RETRY : BETWEEN));
    }
  }

  private void renewPrivately(StoredCertificate certificate, Instant now) {
    try {
      renewed(certificate, issuance.privately(certificate, ownAccord(certificate, now)), now);
    } catch (ServiceException refused) {
      failed(certificate, "FAILED", Failures.reason(refused), now, now.plus(RETRY));
    }
  }

  /** Nobody's call: the authority must have permitted the service to act by itself. */
  private RequestContext ownAccord(StoredCertificate certificate, Instant now) {
    return new RequestContext(
        context.randomness().uuid().toString(),
        now,
        "acm",
        "RenewCertificate",
        certificate.region(),
        new Caller(new Principal.Service(AcmContext.SERVICE), null, null),
        AcmContext.SERVICE,
        AcmContext.SERVICE,
        true,
        new Origin.OwnAccord(Arn.parse(certificate.arn())));
  }

  private void renewed(StoredCertificate certificate, Issuance.Issued issued, Instant now) {
    context
        .database()
        .write(transaction -> {
          StoredCertificate again = CertificateWork.again(transaction, certificate);
          if (again.isEligible()) {
            store.setContent(
                transaction, certificate.arn(), issued.content(), issued.privateKey(), now);
            CertificateStore.setRenewal(
                transaction,
                certificate.arn(),
                new StoredCertificate.Renewal("SUCCESS", null, now));
            CertificateStore.setDue(
                transaction, certificate.arn(), renewal(again, issued.content()));
          }
          return certificate;
        });
  }

  private void failed(
      StoredCertificate certificate,
      String status,
      @Nullable String failure,
      Instant now,
      Instant again) {
    context
        .database()
        .write(transaction -> {
          CertificateStore.setRenewal(
              transaction, certificate.arn(), new StoredCertificate.Renewal(status, failure, now));
          CertificateStore.setDue(transaction, certificate.arn(), again);
          return certificate;
        });
  }
}
