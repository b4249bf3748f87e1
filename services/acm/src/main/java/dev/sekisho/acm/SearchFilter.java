package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmCertificateMetadataFilter;
import dev.sekisho.contract.acm.CertificateFilter;
import dev.sekisho.contract.acm.CertificateFilterStatement;
import dev.sekisho.contract.acm.TimestampRange;
import dev.sekisho.contract.acm.X509AttributeFilter;
import dev.sekisho.crypto.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What SearchCertificates looks for: statements joined by and, or and not, to a bounded depth. */
final class SearchFilter {

  private static final int DEEPEST = 10;

  private final Instant now;

  SearchFilter(Instant now) {
    this.now = now;
  }

  /**
   * The filter.
   *
   * @throws dev.sekisho.core.ServiceException ValidationException when a union has not exactly one
   *     of its members
   */
  Predicate<StoredCertificate> of(@Nullable CertificateFilterStatement statement) {
    return statement == null ? _ -> true : of(statement, 1);
  }

  private Predicate<StoredCertificate> of(CertificateFilterStatement statement, int depth) {
    if (depth > DEEPEST) {
      throw AcmErrors.validation("The filter statement is nested too deeply.");
    }
    List<Predicate<StoredCertificate>> given = new ArrayList<>();
    if (statement.and() != null) {
      given.add(
          statement.and().stream()
              .map(each -> of(each, depth + 1))
              .reduce(_ -> true, Predicate::and));
    }
    if (statement.or() != null) {
      given.add(
          statement.or().stream()
              .map(each -> of(each, depth + 1))
              .reduce(_ -> false, Predicate::or));
    }
    if (statement.not() != null) {
      given.add(of(statement.not(), depth + 1).negate());
    }
    if (statement.filter() != null) {
      given.add(of(statement.filter()));
    }
    return only(given);
  }

  private static Predicate<StoredCertificate> only(List<Predicate<StoredCertificate>> given) {
    if (given.size() != 1) {
      throw AcmErrors.validation("A filter must have exactly one of its members.");
    }
    return given.getFirst();
  }

  private Predicate<StoredCertificate> of(CertificateFilter filter) {
    List<Predicate<StoredCertificate>> given = new ArrayList<>();
    if (filter.certificateArn() != null) {
      given.add(each -> each.arn().equals(filter.certificateArn()));
    }
    if (filter.x509AttributeFilter() != null) {
      given.add(of(filter.x509AttributeFilter()));
    }
    if (filter.acmCertificateMetadataFilter() != null) {
      given.add(of(filter.acmCertificateMetadataFilter()));
    }
    return only(given);
  }

  private Predicate<StoredCertificate> of(X509AttributeFilter filter) {
    List<Predicate<StoredCertificate>> given = new ArrayList<>();
    if (filter.subject() != null && filter.subject().commonName() != null) {
      var name = filter.subject().commonName();
      given.add(each -> matches(each.domain(), name.value(), name.comparisonOperator()));
    }
    if (filter.subjectAlternativeName() != null
        && filter.subjectAlternativeName().dnsName() != null) {
      var name = filter.subjectAlternativeName().dnsName();
      given.add(each ->
          each.names().stream()
              .anyMatch(one -> matches(one, name.value(), name.comparisonOperator())));
    }
    if (filter.extendedKeyUsage() != null) {
      given.add(
          issued(
              read -> CertificateDetails.purposeNames(read).contains(filter.extendedKeyUsage())));
    }
    if (filter.keyUsage() != null) {
      given.add(issued(read -> CertificateFacts.usages(read).contains(filter.keyUsage())));
    }
    if (filter.keyAlgorithm() != null) {
      given.add(each -> each.keyAlgorithm().equals(filter.keyAlgorithm()));
    }
    if (filter.serialNumber() != null) {
      given.add(
          each -> each.content() != null && each.content().serial().equals(filter.serialNumber()));
    }
    TimestampRange notAfter = filter.notAfter();
    if (notAfter != null) {
      given.add(each -> each.content() != null && within(each.content().notAfter(), notAfter));
    }
    TimestampRange notBefore = filter.notBefore();
    if (notBefore != null) {
      given.add(each -> each.content() != null && within(each.content().notBefore(), notBefore));
    }
    return only(given);
  }

  private static Predicate<StoredCertificate> issued(Predicate<X509Certificate> what) {
    return each ->
        each.content() != null && what.test(Certificates.one(each.content().certificate()));
  }

  private static boolean matches(String text, String wanted, String operator) {
    String lower = text.toLowerCase(Locale.ROOT);
    String sought = wanted.toLowerCase(Locale.ROOT);
    return operator.equals("EQUALS") ? lower.equals(sought) : lower.contains(sought);
  }

  private static boolean within(Instant time, TimestampRange range) {
    return (range.start() == null || !time.isBefore(range.start()))
        && (range.end() == null || !time.isAfter(range.end()));
  }

  private Predicate<StoredCertificate> of(AcmCertificateMetadataFilter filter) {
    List<Predicate<StoredCertificate>> given = new ArrayList<>();
    add(given, filter.status(), each -> each.statusAt(now));
    add(
        given,
        filter.renewalStatus(),
        each -> each.renewal() == null ? null : each.renewal().status());
    add(given, filter.type(), each -> each.kind().name());
    add(given, filter.inUse(), _ -> false);
    add(given, filter.exported(), StoredCertificate::exported);
    add(given, filter.exportOption(), CertificateDetails::exportOption);
    add(given, filter.managedBy(), _ -> null);
    add(given, filter.validationMethod(), StoredCertificate::validationMethod);
    add(given, filter.certificateKeyPairOrigin(), CertificateDetails::origin);
    add(given, filter.acmeEndpointArn(), _ -> null);
    add(given, filter.acmeAccountId(), _ -> null);
    return only(given);
  }

  private static <T> void add(
      List<Predicate<StoredCertificate>> given,
      @Nullable T wanted,
      java.util.function.Function<StoredCertificate, @Nullable T> value) {
    if (wanted != null) {
      given.add(each -> wanted.equals(value.apply(each)));
    }
  }
}
