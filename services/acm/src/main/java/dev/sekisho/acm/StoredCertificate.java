package dev.sekisho.acm;

import dev.sekisho.core.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as it is kept, without its key.
 *
 * @param domain the name it was asked for, or the first of an imported one
 * @param names all names, the domain first
 * @param status as set: a certificate expires without anybody setting it, see {@link #statusAt}
 * @param keyAlgorithm for example {@code EC_prime256v1}
 * @param content null before it is issued
 * @param authority the private authority's ARN
 * @param validationMethod how a public one is proved
 * @param exportable whether its key may leave
 * @param exported whether it has
 * @param renewal null before it was renewed, or tried to be
 */
record StoredCertificate(
    String arn,
    AccountId account,
    String region,
    Kind kind,
    String domain,
    List<String> names,
    Status status,
    String keyAlgorithm,
    Instant createdAt,
    @Nullable Instant issuedAt,
    @Nullable Instant importedAt,
    @Nullable Instant revokedAt,
    @Nullable String revocationReason,
    @Nullable String failure,
    @Nullable Content content,
    @Nullable String authority,
    @Nullable String validationMethod,
    boolean transparency,
    boolean exportable,
    boolean exported,
    @Nullable Renewal renewal) {

  StoredCertificate {
    names = List.copyOf(names);
  }

  /** Where it comes from; the names are the API's. */
  enum Kind {
    IMPORTED,
    AMAZON_ISSUED,
    PRIVATE
  }

  /** What it was set to; the names are the API's. */
  enum Status {
    PENDING_VALIDATION,
    ISSUED,
    VALIDATION_TIMED_OUT,
    REVOKED,
    FAILED
  }

  /**
   * The certificate itself.
   *
   * @param certificate in PEM
   * @param chain in PEM
   * @param serial in hexadecimal digits with colons
   */
  record Content(
      String certificate,
      @Nullable String chain,
      String serial,
      Instant notBefore,
      Instant notAfter) {}

  /**
   * How the last renewal went.
   *
   * @param status the API's name
   * @param failure why it failed, the API's name
   */
  record Renewal(String status, @Nullable String failure, Instant updatedAt) {}

  /** What DescribeCertificate says. */
  String statusAt(Instant now) {
    return status == Status.ISSUED && content != null && !now.isBefore(content.notAfter())
        ? "EXPIRED"
        : status.name();
  }

  /** Whether it is renewed before it expires: somebody has it, and we know how to get another. */
  boolean isEligible() {
    return kind != Kind.IMPORTED && status == Status.ISSUED && exported;
  }
}
