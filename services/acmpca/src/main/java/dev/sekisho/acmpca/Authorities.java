package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.CertificateAuthority;
import dev.sekisho.contract.acmpca.CertificateAuthorityConfiguration;
import dev.sekisho.contract.acmpca.CreateCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.CreateCertificateAuthorityResponse;
import dev.sekisho.contract.acmpca.DescribeCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.DescribeCertificateAuthorityResponse;
import dev.sekisho.contract.acmpca.ListCertificateAuthoritiesRequest;
import dev.sekisho.contract.acmpca.ListCertificateAuthoritiesResponse;
import dev.sekisho.contract.acmpca.RevocationConfiguration;
import dev.sekisho.contract.acmpca.UpdateCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.UpdateCertificateAuthorityResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestTags;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes authorities, shows and changes them. */
final class Authorities implements AcmPcaApi.Authorities {

  /** As long as a call may be sent again with the same token. */
  static final Duration TOKEN_TIME = Duration.ofMinutes(5);

  private static final int QUOTA = 200;
  private static final int LARGEST_PAGE = 1_000;
  private static final int USUAL_PAGE = 100;
  private static final String STORAGE = "FIPS_140_2_LEVEL_3_OR_HIGHER";

  private final AuthorityWork work;
  private final AuthorityStore store;

  Authorities(AuthorityWork work) {
    this.work = work;
    this.store = new AuthorityStore(work.context().keyring());
  }

  @Override
  public Guarded<CreateCertificateAuthorityResponse> createCertificateAuthority(
      Call<CreateCertificateAuthorityRequest> call) {
    CreateCertificateAuthorityRequest input = call.input();
    Map<String, String> tags = AuthorityTags.read(input.tags());
    return Guarded.by(
        new AccessCheck(
            "acm-pca:CreateCertificateAuthority", "*", null, RequestTags.conditions(tags), null),
        _ -> {
          AuthorityTags.requireFew(tags);
          Optional<StoredAuthority> before = earlier(call);
          return before.isPresent() ? Outcome.answer(made(before.get().arn())) : make(call, tags);
        });
  }

  private Optional<StoredAuthority> earlier(Call<CreateCertificateAuthorityRequest> call) {
    String token = call.input().idempotencyToken();
    return token == null
        ? Optional.empty()
        : work.context()
            .database()
            .read(handle ->
                AuthorityStore.byToken(
                    handle,
                    call.account(),
                    call.region(),
                    token,
                    work.context().now().minus(TOKEN_TIME)));
  }

  private Outcome<CreateCertificateAuthorityResponse> make(
      Call<CreateCertificateAuthorityRequest> call, Map<String, String> tags) {
    CreateCertificateAuthorityRequest input = call.input();
    CertificateAuthorityConfiguration configuration = input.certificateAuthorityConfiguration();
    KeyPairSpec spec = KeyAlgorithms.spec(configuration.keyAlgorithm());
    var _ = KeyAlgorithms.signature(spec, configuration.signingAlgorithm());
    // Whatever is wrong with the name or the request's extensions is said before a key is made.
    var _ = Subjects.name(configuration.subject());
    var _ = OwnRequests.extensions(configuration);
    Instant now = work.context().now();
    StoredAuthority authority =
        new StoredAuthority(
            Arn.of(
                    "acm-pca",
                    call.region(),
                    call.account().value(),
                    "certificate-authority/" + work.context().randomness().uuid())
                .toString(),
            call.account(),
            call.region(),
            input.certificateAuthorityType().equals("ROOT"),
            configuration,
            RevocationSettings.of(input.revocationConfiguration()),
            Objects.requireNonNullElse(input.keyStorageSecurityStandard(), STORAGE),
            "SHORT_LIVED_CERTIFICATE".equals(input.usageMode()),
            StoredAuthority.Status.PENDING_CERTIFICATE,
            now,
            now,
            null,
            null,
            null,
            0);
    RevocationSettings.requireBucket(work.context().objects(), authority);
    AsymmetricKey key = work.context().keyPairs().take(spec);
    return Outcome.change(transaction -> {
      if (AuthorityStore.count(StoreTransaction.handle(transaction), call.account(), call.region())
          >= QUOTA) {
        throw AcmPcaErrors.limitExceeded(
            "An account can have at most " + QUOTA + " certificate authorities in a Region.");
      }
      store.insert(transaction, authority, key, input.idempotencyToken());
      AuthorityTags.TABLE.put(transaction, authority.arn(), tags);
      return made(authority.arn());
    });
  }

  private static CreateCertificateAuthorityResponse made(String arn) {
    return CreateCertificateAuthorityResponse.builder().certificateAuthorityArn(arn).build();
  }

  @Override
  public Guarded<DescribeCertificateAuthorityResponse> describeCertificateAuthority(
      Call<DescribeCertificateAuthorityRequest> call) {
    return work.onAny(
        call,
        call.input().certificateAuthorityArn(),
        Map.of(),
        (_, authority) ->
            Outcome.answer(
                DescribeCertificateAuthorityResponse.builder()
                    .certificateAuthority(shown(authority))
                    .build()));
  }

  private CertificateAuthority shown(StoredAuthority authority) {
    StoredAuthority.Own own = authority.own();
    return CertificateAuthority.builder()
        .arn(authority.arn())
        .ownerAccount(authority.account().value())
        .createdAt(authority.createdAt())
        .lastStateChangeAt(authority.changedAt())
        .type(authority.root() ? "ROOT" : "SUBORDINATE")
        .serial(own == null ? null : own.serial())
        .status(authority.statusAt(work.context().now()))
        .notBefore(own == null ? null : own.notBefore())
        .notAfter(own == null ? null : own.notAfter())
        .certificateAuthorityConfiguration(authority.configuration())
        .revocationConfiguration(authority.revocation())
        .restorableUntil(authority.restorableUntil())
        .keyStorageSecurityStandard(authority.keyStorage())
        .usageMode(authority.shortLived() ? "SHORT_LIVED_CERTIFICATE" : "GENERAL_PURPOSE")
        .build();
  }

  @Override
  public Guarded<ListCertificateAuthoritiesResponse> listCertificateAuthorities(
      Call<ListCertificateAuthoritiesRequest> call) {
    ListCertificateAuthoritiesRequest input = call.input();
    boolean others = "OTHER_ACCOUNTS".equals(input.resourceOwner());
    return Guarded.by(
        AccessCheck.of("acm-pca:ListCertificateAuthorities", "*"),
        _ -> {
          String list = AuthorityWork.list(call, String.valueOf(others));
          String after = work.open(list, input.nextToken());
          int limit =
              Math.min(LARGEST_PAGE, Objects.requireNonNullElse(input.maxResults(), USUAL_PAGE));
          List<StoredAuthority> found =
              work.context()
                  .database()
                  .read(handle ->
                      others
                          ? AuthorityStore.shared(
                              handle, call.account(), call.region(), after, limit + 1)
                          : AuthorityStore.page(
                              handle, call.account(), call.region(), after, limit + 1));
          boolean more = found.size() > limit;
          List<StoredAuthority> page = more ? found.subList(0, limit) : found;
          return Outcome.answer(
              ListCertificateAuthoritiesResponse.builder()
                  .certificateAuthorities(
                      page.stream()
                          .filter(each -> !each.isGone(work.context().now()))
                          .filter(each -> !others || isShown(call, each))
                          .map(this::shown)
                          .toList())
                  .nextToken(more ? work.context().pages().seal(list, page.getLast().arn()) : null)
                  .build());
        });
  }

  /** Whether the policy of another account's authority lets the caller see it. */
  private boolean isShown(Call<?> call, StoredAuthority authority) {
    try {
      var _ =
          work.context()
              .authorizer()
              .authorize(
                  call.context(),
                  Access.of(
                      new AccessCheck(
                          "acm-pca:DescribeCertificateAuthority",
                          authority.arn(),
                          authority.account(),
                          Map.of(),
                          AuthorityWork.policy(authority))));
      return true;
    } catch (ServiceException denied) {
      return false;
    }
  }

  @Override
  public Guarded<UpdateCertificateAuthorityResponse> updateCertificateAuthority(
      Call<UpdateCertificateAuthorityRequest> call) {
    UpdateCertificateAuthorityRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          RevocationConfiguration revocation =
              input.revocationConfiguration() == null
                  ? null
                  : RevocationSettings.of(input.revocationConfiguration());
          if (revocation != null) {
            RevocationSettings.requireBucket(work.context().objects(), with(authority, revocation));
          }
          Instant now = work.context().now();
          return Outcome.change(transaction -> {
            StoredAuthority again = AuthorityWork.again(transaction, authority);
            StoredAuthority.Status status = status(again, input.status(), now);
            if (status != null) {
              AuthorityStore.setStatus(transaction, authority.arn(), status, now);
            }
            if (revocation != null) {
              AuthorityStore.setRevocation(transaction, authority.arn(), revocation);
              boolean lists = with(again, revocation).lists() != null && again.own() != null;
              AuthorityStore.setListsDue(transaction, authority.arn(), lists ? now : null);
            }
            return UpdateCertificateAuthorityResponse.builder().build();
          });
        });
  }

  private static StoredAuthority.@Nullable Status status(
      StoredAuthority authority, @Nullable String asked, Instant now) {
    if (asked == null) {
      return null;
    }
    if (!asked.equals("ACTIVE") && !asked.equals("DISABLED")) {
      throw AcmPcaErrors.invalidArgs("The status must be either ACTIVE or DISABLED.");
    }
    String is = authority.statusAt(now);
    if (!is.equals("ACTIVE") && !is.equals("DISABLED")) {
      throw AcmPcaErrors.wrongState(authority, is);
    }
    return StoredAuthority.Status.valueOf(asked);
  }

  private static StoredAuthority with(
      StoredAuthority authority, RevocationConfiguration revocation) {
    return new StoredAuthority(
        authority.arn(),
        authority.account(),
        authority.region(),
        authority.root(),
        authority.configuration(),
        revocation,
        authority.keyStorage(),
        authority.shortLived(),
        authority.status(),
        authority.createdAt(),
        authority.changedAt(),
        authority.own(),
        authority.restorableUntil(),
        authority.policy(),
        authority.issued());
  }
}
