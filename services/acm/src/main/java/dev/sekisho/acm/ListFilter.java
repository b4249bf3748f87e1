package dev.sekisho.acm;

import dev.sekisho.contract.acm.Filters;
import dev.sekisho.contract.acm.ListCertificatesRequest;
import dev.sekisho.crypto.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What ListCertificates leaves out. */
final class ListFilter {

  /** Without a word on keys, AWS lists those that every service can use. */
  private static final List<String> USUAL_KEYS = List.of("RSA_1024", "RSA_2048");

  private ListFilter() {}

  static Predicate<StoredCertificate> of(ListCertificatesRequest input, Instant now) {
    Filters includes = input.includes();
    Predicate<StoredCertificate> filter = _ -> true;
    filter = filter.and(among(input.certificateStatuses(), each -> each.statusAt(now)));
    filter = filter.and(among(input.certificateKeyPairOrigins(), CertificateDetails::origin));
    List<String> keys = includes == null ? null : includes.keyTypes();
    filter =
        filter.and(
            among(
                keys == null || keys.isEmpty() ? USUAL_KEYS : keys,
                StoredCertificate::keyAlgorithm));
    if (includes == null) {
      return filter;
    }
    return filter
        .and(all(includes.keyUsage(), CertificateFacts::usages))
        .and(all(includes.extendedKeyUsage(), CertificateDetails::purposeNames))
        .and(each ->
            includes.exportOption() == null
                || includes.exportOption().equals(CertificateDetails.exportOption(each)))
        .and(_ -> includes.managedBy() == null);
  }

  private static Predicate<StoredCertificate> among(
      @Nullable List<String> wanted, java.util.function.Function<StoredCertificate, String> value) {
    return each -> wanted == null || wanted.isEmpty() || wanted.contains(value.apply(each));
  }

  private static Predicate<StoredCertificate> all(
      @Nullable List<String> wanted,
      java.util.function.Function<X509Certificate, List<String>> values) {
    return each -> {
      if (wanted == null || wanted.isEmpty()) {
        return true;
      }
      return each.content() != null
          && values
              .apply(Certificates.one(Objects.requireNonNull(each.content()).certificate()))
              .containsAll(wanted);
    };
  }
}
