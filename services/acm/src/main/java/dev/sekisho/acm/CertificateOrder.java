package dev.sekisho.acm;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * In which order certificates are listed; those that are equal in it by their ARNs.
 *
 * @param by what they are ordered by
 */
record CertificateOrder(By by, boolean descending) {

  /** The order of lists that are asked for none. */
  static final CertificateOrder USUAL =
      new CertificateOrder(Objects.requireNonNull(By.KINDS.get("CREATED_AT")), true);

  /**
   * Something to order by.
   *
   * @param expression of SQL, never null
   * @param number whether it is a number
   * @param value the same of a certificate
   */
  record By(String expression, boolean number, Function<StoredCertificate, String> value) {

    /** Those the API knows. What nothing here has yet is the same for all. */
    private static final Map<String, By> KINDS =
        Map.ofEntries(
            // The column itself, so that its index serves.
            Map.entry(
                "CREATED_AT",
                new By(
                    "created_at", true, each -> String.valueOf(each.createdAt().toEpochMilli()))),
            time("ISSUED_AT", "issued_at", StoredCertificate::issuedAt),
            time("IMPORTED_AT", "imported_at", StoredCertificate::importedAt),
            time("REVOKED_AT", "revoked_at", StoredCertificate::revokedAt),
            time(
                "NOT_BEFORE",
                "not_before",
                each -> each.content() == null ? null : each.content().notBefore()),
            time(
                "NOT_AFTER",
                "not_after",
                each -> each.content() == null ? null : each.content().notAfter()),
            text("STATUS", "status", each -> each.status().name()),
            text("TYPE", "kind", each -> each.kind().name()),
            text("KEY_ALGORITHM", "key_algorithm", StoredCertificate::keyAlgorithm),
            text("COMMON_NAME", "domain", StoredCertificate::domain),
            text("CERTIFICATE_ARN", "arn", StoredCertificate::arn),
            text("VALIDATION_METHOD", "validation_method", StoredCertificate::validationMethod),
            text(
                "RENEWAL_STATUS",
                "renewal",
                each -> each.renewal() == null ? null : each.renewal().status()),
            flag("EXPORTED", "exported", StoredCertificate::exported),
            flag("EXPORT_OPTION", "exportable", StoredCertificate::exportable),
            same("IN_USE"),
            same("RENEWAL_ELIGIBILITY"),
            same("MANAGED_BY"),
            same("ACME_ENDPOINT_ARN"),
            same("ACME_ACCOUNT_ID"),
            same("CERTIFICATE_KEY_PAIR_ORIGIN"));

    private static Map.Entry<String, By> time(
        String name,
        String column,
        Function<StoredCertificate, java.time.@Nullable Instant> value) {
      return Map.entry(
          name,
          new By(
              "coalesce(" + column + ", 0)",
              true,
              each -> {
                java.time.Instant time = value.apply(each);
                return String.valueOf(time == null ? 0 : time.toEpochMilli());
              }));
    }

    private static Map.Entry<String, By> text(
        String name, String column, Function<StoredCertificate, @Nullable String> value) {
      return Map.entry(
          name,
          new By(
              "coalesce(" + column + ", '')",
              false,
              each -> Objects.requireNonNullElse(value.apply(each), "")));
    }

    private static Map.Entry<String, By> flag(
        String name, String column, Function<StoredCertificate, Boolean> value) {
      return Map.entry(name, new By(column, true, each -> value.apply(each) ? "1" : "0"));
    }

    private static Map.Entry<String, By> same(String name) {
      return Map.entry(name, new By("0", true, _ -> "0"));
    }
  }

  /**
   * The order of a call.
   *
   * @param name as the API has it, valid by the contract
   */
  static CertificateOrder of(@Nullable String name, @Nullable String direction) {
    return name == null
        ? USUAL
        : new CertificateOrder(
            Objects.requireNonNull(By.KINDS.get(name)), !"ASCENDING".equals(direction));
  }

  /** The place of a certificate in the order. */
  String place(StoredCertificate certificate) {
    return by.value().apply(certificate) + '\n' + certificate.arn();
  }

  String beyond() {
    return " and (" + by.expression() + ", arn) " + (descending ? "<" : ">") + " (:place, :arn)";
  }

  String clause() {
    String direction = descending ? " desc" : " asc";
    return " order by " + by.expression() + direction + ", arn" + direction;
  }

  void bind(Query query, String place) {
    int end = place.lastIndexOf('\n');
    String value = place.substring(0, end);
    if (by.number()) {
      query.bind("place", Long.parseLong(value));
    } else {
      query.bind("place", value);
    }
    query.bind("arn", place.substring(end + 1));
  }
}
