package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.CertificateOptions;
import dev.sekisho.contract.acm.DomainValidationOption;
import dev.sekisho.contract.acm.RequestCertificateRequest;
import dev.sekisho.contract.acm.RequestCertificateResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestTags;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for certificates: public ones, which have to be proved first, and private ones. */
final class Requests implements AcmApi.Requests {

  private static final Duration TOKEN_TIME = Duration.ofHours(1);
  private static final int MOST_NAMES = 100;
  private static final int LONGEST_COMMON_NAME = 64;
  private static final String USUAL_KEY = "RSA_2048";
  private static final Set<String> PUBLIC_KEYS =
      Set.of("RSA_2048", "EC_prime256v1", "EC_secp384r1");

  private final CertificateWork work;
  private final CertificateStore store;
  private final Issuance issuance;

  Requests(CertificateWork work, Issuance issuance) {
    this.work = work;
    this.store = new CertificateStore(work.context().keyring());
    this.issuance = issuance;
  }

  @Override
  public Guarded<RequestCertificateResponse> requestCertificate(
      Call<RequestCertificateRequest> call) {
    RequestCertificateRequest input = call.input();
    Map<String, String> tags = CertificateTags.read(input.tags());
    List<String> names = names(input);
    return Guarded.by(
        new AccessCheck("acm:RequestCertificate", "*", null, conditions(input, names, tags), null),
        _ -> {
          Optional<StoredCertificate> before = earlier(call, names);
          if (before.isPresent()) {
            return Outcome.answer(asked(before.get().arn()));
          }
          StoredCertificate certificate = certificate(call, names);
          return certificate.kind() == StoredCertificate.Kind.PRIVATE
              ? privately(call, certificate, tags)
              : publicly(call, certificate, tags);
        });
  }

  private static Map<String, List<String>> conditions(
      RequestCertificateRequest input, List<String> names, Map<String, String> tags) {
    Map<String, List<String>> conditions = new HashMap<>(RequestTags.conditions(tags));
    conditions.put("acm:DomainNames", names);
    conditions.put(
        "acm:KeyAlgorithm", List.of(Objects.requireNonNullElse(input.keyAlgorithm(), USUAL_KEY)));
    if (input.certificateAuthorityArn() != null) {
      conditions.put("acm:CertificateAuthority", List.of(input.certificateAuthorityArn()));
    } else {
      conditions.put(
          "acm:ValidationMethod",
          List.of(Objects.requireNonNullElse(input.validationMethod(), "EMAIL")));
    }
    CertificateOptions options = input.options();
    String export = options == null ? null : options.export();
    conditions.put("acm:Export", List.of(Objects.requireNonNullElse(export, "DISABLED")));
    return conditions;
  }

  private static List<String> names(RequestCertificateRequest input) {
    Set<String> names = new LinkedHashSet<>();
    names.add(input.domainName().toLowerCase(Locale.ROOT));
    List<String> more = input.subjectAlternativeNames();
    if (more != null) {
      more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }
    return List.copyOf(names);
  }

  private Optional<StoredCertificate> earlier(
      Call<RequestCertificateRequest> call, List<String> names) {
    String token = call.input().idempotencyToken();
    return token == null
        ? Optional.empty()
        : work.context()
            .database()
            .read(handle ->
                CertificateStore.byToken(
                    handle,
                    call.account(),
                    call.region(),
                    token,
                    work.context().now().minus(TOKEN_TIME)))
            .filter(certificate -> certificate.names().equals(names));
  }

  private StoredCertificate certificate(Call<RequestCertificateRequest> call, List<String> names) {
    RequestCertificateRequest input = call.input();
    boolean isPrivate = input.certificateAuthorityArn() != null;
    String key = Objects.requireNonNullElse(input.keyAlgorithm(), USUAL_KEY);
    requirePossible(input, names, key, isPrivate);
    CertificateOptions options = input.options();
    return new StoredCertificate(
        work.newArn(call),
        call.account(),
        call.region(),
        isPrivate ? StoredCertificate.Kind.PRIVATE : StoredCertificate.Kind.AMAZON_ISSUED,
        names.getFirst(),
        names,
        StoredCertificate.Status.PENDING_VALIDATION,
        key,
        work.context().now(),
        null,
        null,
        null,
        null,
        null,
        null,
        input.certificateAuthorityArn(),
        isPrivate ? null : "DNS",
        options == null || !"DISABLED".equals(options.certificateTransparencyLoggingPreference()),
        isPrivate || (options != null && "ENABLED".equals(options.export())),
        false,
        null);
  }

  private static void requirePossible(
      RequestCertificateRequest input, List<String> names, String key, boolean isPrivate) {
    if (input.managedBy() != null) {
      throw AcmErrors.invalidParameter("Certificates cannot be managed by other services here.");
    }
    if (!isPrivate && !"DNS".equals(input.validationMethod())) {
      throw AcmErrors.invalidParameter(
          "Domains are proved by DNS only: the validation method "
              + Objects.requireNonNullElse(input.validationMethod(), "EMAIL")
              + " is not available.");
    }
    if (isPrivate && input.validationMethod() != null) {
      throw AcmErrors.invalidParameter("Private certificates are not validated.");
    }
    if (isPrivate ? Issuance.spec(key) == null : !PUBLIC_KEYS.contains(key)) {
      throw AcmErrors.invalidParameter("The key algorithm " + key + " cannot be requested.");
    }
    if (names.size() > MOST_NAMES) {
      throw AcmErrors.limitExceeded(
          "A certificate can have at most " + MOST_NAMES + " domain names.");
    }
    if (names.getFirst().length() > LONGEST_COMMON_NAME) {
      throw AcmErrors.invalidParameter(
          "The first domain name can have at most " + LONGEST_COMMON_NAME + " characters.");
    }
    List<DomainValidationOption> options = input.domainValidationOptions();
    for (DomainValidationOption each :
        options == null ? List.<DomainValidationOption>of() : options) {
      if (!names.contains(each.domainName().toLowerCase(Locale.ROOT))) {
        throw AcmErrors.invalidDomainValidation(
            "The domain " + each.domainName() + " is not in the certificate request.");
      }
    }
  }

  private Outcome<RequestCertificateResponse> publicly(
      Call<RequestCertificateRequest> call,
      StoredCertificate certificate,
      Map<String, String> tags) {
    return Outcome.change(transaction -> {
      insert(transaction, call, certificate, tags);
      for (String name : certificate.names()) {
        var _ =
            ValidationStore.challenge(
                transaction, call.account(), name, work.context().randomness());
      }
      ValidationStore.begin(transaction, certificate.arn(), certificate.names());
      CertificateStore.setDue(transaction, certificate.arn(), certificate.createdAt());
      return asked(certificate.arn());
    });
  }

  /** What the authority refuses is said by the certificate's status, as with AWS. */
  private Outcome<RequestCertificateResponse> privately(
      Call<RequestCertificateRequest> call,
      StoredCertificate certificate,
      Map<String, String> tags) {
    List<Issuance.Issued> issued = new ArrayList<>();
    String failure = null;
    try {
      issued.add(issuance.privately(certificate, call.context()));
    } catch (ServiceException refused) {
      failure = Failures.reason(refused);
    }
    String reason = failure;
    Instant now = certificate.createdAt();
    return Outcome.change(transaction -> {
      insert(transaction, call, certificate, tags);
      if (reason == null) {
        store.setContent(
            transaction,
            certificate.arn(),
            issued.getFirst().content(),
            issued.getFirst().privateKey(),
            now);
      } else {
        CertificateStore.setStatus(
            transaction, certificate.arn(), StoredCertificate.Status.FAILED, reason);
      }
      return asked(certificate.arn());
    });
  }

  private static void insert(
      Transaction transaction,
      Call<RequestCertificateRequest> call,
      StoredCertificate certificate,
      Map<String, String> tags) {
    CertificateStore.insert(transaction, certificate, call.input().idempotencyToken());
    CertificateTags.put(transaction, certificate.arn(), tags);
  }

  private static RequestCertificateResponse asked(@Nullable String arn) {
    return RequestCertificateResponse.builder().certificateArn(arn).build();
  }
}
