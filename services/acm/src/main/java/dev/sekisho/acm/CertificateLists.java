package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.AcmCertificateMetadata;
import dev.sekisho.contract.acm.CertificateMetadata;
import dev.sekisho.contract.acm.CertificateSearchResult;
import dev.sekisho.contract.acm.DistinguishedName;
import dev.sekisho.contract.acm.GeneralName;
import dev.sekisho.contract.acm.ListCertificatesRequest;
import dev.sekisho.contract.acm.ListCertificatesResponse;
import dev.sekisho.contract.acm.SearchCertificatesRequest;
import dev.sekisho.contract.acm.SearchCertificatesResponse;
import dev.sekisho.contract.acm.X509Attributes;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.crypto.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/** Lists of certificates, page by page in steady memory however many there are. */
final class CertificateLists implements AcmApi.CertificateLists {

  private static final int USUAL_PAGE = 100;

  /** Certificates that are looked at for one page, at most: the next page goes on from there. */
  private static final int MOST_SEEN = 5_000;

  private final CertificateWork work;

  CertificateLists(CertificateWork work) {
    this.work = work;
  }

  /** A page, and the place where the next one begins; null after the last. */
  private record Page(List<StoredCertificate> certificates, @Nullable String next) {}

  @Override
  public Guarded<ListCertificatesResponse> listCertificates(Call<ListCertificatesRequest> call) {
    ListCertificatesRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("acm:ListCertificates", "*"),
        _ -> {
          if ((input.sortBy() == null) != (input.sortOrder() == null)) {
            throw AcmErrors.validation("SortBy and SortOrder must be given together.");
          }
          Instant now = work.context().now();
          CertificateOrder order = CertificateOrder.of(input.sortBy(), input.sortOrder());
          String list = list(call, order, input.includes() + "/" + input.certificateStatuses());
          Page page =
              page(
                  call,
                  order,
                  ListFilter.of(input, now),
                  work.open(list, input.nextToken()),
                  Objects.requireNonNullElse(input.maxItems(), USUAL_PAGE));
          return Outcome.answer(
              ListCertificatesResponse.builder()
                  .certificateSummaryList(
                      page.certificates().stream()
                          .map(each -> CertificateDetails.summary(each, now))
                          .toList())
                  .nextToken(token(list, page))
                  .build());
        });
  }

  @Override
  public Guarded<SearchCertificatesResponse> searchCertificates(
      Call<SearchCertificatesRequest> call) {
    SearchCertificatesRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("acm:SearchCertificates", "*"),
        _ -> {
          Instant now = work.context().now();
          CertificateOrder order = CertificateOrder.of(input.sortBy(), input.sortOrder());
          String list = list(call, order, String.valueOf(input.filterStatement()));
          Page page =
              page(
                  call,
                  order,
                  new SearchFilter(now).of(input.filterStatement()),
                  work.open(list, input.nextToken()),
                  Objects.requireNonNullElse(input.maxResults(), USUAL_PAGE));
          return Outcome.answer(
              SearchCertificatesResponse.builder()
                  .results(page.certificates().stream().map(each -> result(each, now)).toList())
                  .nextToken(token(list, page))
                  .build());
        });
  }

  private static String list(Call<?> call, CertificateOrder order, String selection) {
    return String.join(
        "/",
        call.context().operation(),
        call.account().value(),
        call.region(),
        order.by().expression(),
        String.valueOf(order.descending()),
        selection);
  }

  private @Nullable String token(String list, Page page) {
    return page.next() == null ? null : work.context().pages().seal(list, page.next());
  }

  private Page page(
      Call<?> call,
      CertificateOrder order,
      Predicate<StoredCertificate> filter,
      @Nullable String after,
      int limit) {
    return work.context()
        .database()
        .read(handle -> page(handle, call, order, filter, after, limit));
  }

  private static Page page(
      Handle handle,
      Call<?> call,
      CertificateOrder order,
      Predicate<StoredCertificate> filter,
      @Nullable String after,
      int limit) {
    List<StoredCertificate> found = new ArrayList<>();
    @Nullable String place = after;
    try (ResultIterator<StoredCertificate> rest =
        CertificateStore.after(
            handle, call.account(), call.region(), order, place, MOST_SEEN + 1)) {
      for (int seen = 0; rest.hasNext(); seen++) {
        if (found.size() == limit || seen == MOST_SEEN) {
          return new Page(found, place);
        }
        StoredCertificate each = rest.next();
        if (filter.test(each)) {
          found.add(each);
        }
        place = order.place(each);
      }
    }
    return new Page(found, null);
  }

  private static CertificateSearchResult result(StoredCertificate certificate, Instant now) {
    StoredCertificate.Renewal renewal = certificate.renewal();
    return CertificateSearchResult.builder()
        .certificateArn(certificate.arn())
        .x509Attributes(attributes(certificate))
        .certificateMetadata(
            CertificateMetadata.builder()
                .acmCertificateMetadata(
                    AcmCertificateMetadata.builder()
                        .createdAt(certificate.createdAt())
                        .exported(certificate.exported())
                        .importedAt(certificate.importedAt())
                        .inUse(false)
                        .issuedAt(certificate.issuedAt())
                        .renewalEligibility(CertificateDetails.eligibility(certificate))
                        .revokedAt(certificate.revokedAt())
                        .status(certificate.statusAt(now))
                        .renewalStatus(renewal == null ? null : renewal.status())
                        .type(certificate.kind().name())
                        .exportOption(CertificateDetails.exportOption(certificate))
                        .validationMethod(certificate.validationMethod())
                        .certificateKeyPairOrigin(CertificateDetails.origin(certificate))
                        .build())
                .build())
        .build();
  }

  private static X509Attributes attributes(StoredCertificate certificate) {
    StoredCertificate.Content content = certificate.content();
    List<GeneralName> names =
        certificate.names().stream()
            .map(name -> GeneralName.builder().dnsName(name).build())
            .toList();
    if (content == null) {
      return X509Attributes.builder()
          .subject(DistinguishedName.builder().commonName(certificate.domain()).build())
          .subjectAlternativeNames(names)
          .keyAlgorithm(certificate.keyAlgorithm())
          .build();
    }
    X509Certificate read = Certificates.one(content.certificate());
    return X509Attributes.builder()
        .issuer(name(read.getIssuerX500Principal().getEncoded()))
        .subject(name(read.getSubjectX500Principal().getEncoded()))
        .subjectAlternativeNames(names)
        .extendedKeyUsages(CertificateDetails.purposeNames(read))
        .keyAlgorithm(certificate.keyAlgorithm())
        .keyUsages(CertificateFacts.usages(read))
        .serialNumber(content.serial())
        .notAfter(content.notAfter())
        .notBefore(content.notBefore())
        .build();
  }

  private static DistinguishedName name(byte[] encoded) {
    X500Name name = CertificateFacts.name(encoded);
    return DistinguishedName.builder()
        .commonName(CertificateFacts.first(name, BCStyle.CN))
        .country(CertificateFacts.first(name, BCStyle.C))
        .locality(CertificateFacts.first(name, BCStyle.L))
        .organization(CertificateFacts.first(name, BCStyle.O))
        .organizationalUnit(CertificateFacts.first(name, BCStyle.OU))
        .serialNumber(CertificateFacts.first(name, BCStyle.SERIALNUMBER))
        .state(CertificateFacts.first(name, BCStyle.ST))
        .build();
  }
}
