package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateSAMLProviderRequest;
import dev.sekisho.contract.iam.CreateSAMLProviderResponse;
import dev.sekisho.contract.iam.DeleteSAMLProviderRequest;
import dev.sekisho.contract.iam.DeleteSAMLProviderResponse;
import dev.sekisho.contract.iam.GetSAMLProviderRequest;
import dev.sekisho.contract.iam.GetSAMLProviderResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListSAMLProvidersRequest;
import dev.sekisho.contract.iam.ListSAMLProvidersResponse;
import dev.sekisho.contract.iam.SAMLPrivateKey;
import dev.sekisho.contract.iam.SAMLProviderListEntry;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.UpdateSAMLProviderRequest;
import dev.sekisho.contract.iam.UpdateSAMLProviderResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.federation.saml.RejectedSaml;
import dev.sekisho.federation.saml.SamlMetadata;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SAML providers: whose assertions the account's roles may be assumed with. */
final class SamlProviders implements IamApi.SamlProviders {

  private static final int QUOTA = 100;
  private static final int KEYS = 2;
  private static final int LONGEST_METADATA = 1_000_000;
  private static final int YEARS_VALID = 100;
  private static final String REQUIRED = "Required";

  private final IamContext iam;
  private final SamlStore store;

  SamlProviders(IamContext iam) {
    this.iam = iam;
    this.store = new SamlStore(iam.keyring());
  }

  @Override
  public Guarded<CreateSAMLProviderResponse> createSAMLProvider(
      Call<CreateSAMLProviderRequest> call) {
    CreateSAMLProviderRequest input = call.input();
    AccessCheck check =
        AccessCheck.of(
            "iam:CreateSAMLProvider", SamlStore.arn(call.account(), input.name()).toString());
    return Guarded.by(
        TagStore.requested(check, input.tags()),
        _ -> {
          List<Tag> tags = TagStore.check(input.tags());
          Instant validUntil = validUntil(input.samlMetadataDocument());
          Secret key = privateKey(input.addPrivateKey());
          requireKey(input.assertionEncryptionMode(), key != null);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            if (SamlStore.find(handle, call.account(), input.name()).isPresent()) {
              throw IamErrors.alreadyExists("SAMLProvider " + input.name() + " already exists.");
            }
            if (SamlStore.list(handle, call.account()).size() >= QUOTA) {
              throw IamErrors.limitExceeded(
                  "Cannot exceed quota for SAMLProvidersPerAccount: " + QUOTA);
            }
            SamlStore.Provider made =
                new SamlStore.Provider(
                    iam.ids().provider(),
                    call.account(),
                    input.name(),
                    input.samlMetadataDocument(),
                    validUntil,
                    input.assertionEncryptionMode(),
                    iam.now());
            SamlStore.insert(transaction, made);
            addKey(transaction, made.id(), key);
            TagStore.put(transaction, made.id(), tags);
            iam.changed(transaction);
            return CreateSAMLProviderResponse.builder()
                .samlProviderArn(made.arn().toString())
                .tags(TagStore.shown(tags))
                .build();
          });
        });
  }

  /** Metadata without an end of its own is good for a hundred years. */
  private Instant validUntil(String metadata) {
    if (metadata.length() > LONGEST_METADATA) {
      throw IamErrors.invalidInput("Could not parse metadata: it is too large");
    }
    try {
      Instant end = SamlMetadata.parse(metadata).validUntil();
      return end == null
          ? iam.now().atOffset(ZoneOffset.UTC).plusYears(YEARS_VALID).toInstant()
          : end;
    } catch (RejectedSaml rejected) {
      throw IamErrors.invalidInput("Could not parse metadata");
    }
  }

  private static @Nullable Secret privateKey(@Nullable String pem) {
    if (pem == null) {
      return null;
    }
    Secret key = Secret.of(pem);
    try {
      if (Certificates.privateKey(key).getAlgorithm().equals("RSA")) {
        return key;
      }
    } catch (IllegalArgumentException unreadable) {
      // The same refusal as for a key of another kind.
    }
    throw IamErrors.invalidInput("Invalid private key: an RSA private key in PEM is expected");
  }

  private static void requireKey(@Nullable String mode, boolean present) {
    if (REQUIRED.equals(mode) && !present) {
      throw IamErrors.invalidInput(
          "A private key is required when the assertion encryption mode is Required");
    }
  }

  private void addKey(Transaction transaction, String providerId, @Nullable Secret key) {
    if (key == null) {
      return;
    }
    if (SamlStore.keys(StoreTransaction.handle(transaction), providerId).size() >= KEYS) {
      throw IamErrors.limitExceeded("Cannot exceed quota for PrivateKeysPerSAMLProvider: " + KEYS);
    }
    store.insertKey(
        transaction,
        providerId,
        new SamlStore.PrivateKey(iam.ids().samlPrivateKey(), iam.now()),
        key);
  }

  @Override
  public Guarded<GetSAMLProviderResponse> getSAMLProvider(Call<GetSAMLProviderRequest> call) {
    String arn = call.input().samlProviderArn();
    return Guarded.by(
        check(iam, call, arn),
        _ ->
            iam.database()
                .read(handle -> {
                  SamlStore.Provider found = require(handle, call, arn);
                  List<SAMLPrivateKey> keys =
                      SamlStore.keys(handle, found.id()).stream()
                          .map(key ->
                              SAMLPrivateKey.builder()
                                  .keyId(key.id())
                                  .timestamp(key.addedAt())
                                  .build())
                          .toList();
                  return Outcome.answer(
                      GetSAMLProviderResponse.builder()
                          .samlProviderUUID(found.id())
                          .samlMetadataDocument(found.metadata())
                          .createDate(found.createdAt())
                          .validUntil(found.validUntil())
                          .assertionEncryptionMode(found.encryptionMode())
                          .privateKeyList(keys.isEmpty() ? null : keys)
                          .tags(TagStore.shown(TagStore.of(handle, found.id())))
                          .build());
                }));
  }

  @Override
  public Guarded<ListSAMLProvidersResponse> listSAMLProviders(Call<ListSAMLProvidersRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:ListSAMLProviders", SamlStore.arn(call.account(), "*").toString()),
        _ ->
            Outcome.answer(
                ListSAMLProvidersResponse.builder()
                    .samlProviderList(
                        iam
                            .database()
                            .read(handle -> SamlStore.list(handle, call.account()))
                            .stream()
                            .map(each ->
                                SAMLProviderListEntry.builder()
                                    .arn(each.arn().toString())
                                    .createDate(each.createdAt())
                                    .validUntil(each.validUntil())
                                    .build())
                            .toList())
                    .build()));
  }

  @Override
  public Guarded<UpdateSAMLProviderResponse> updateSAMLProvider(
      Call<UpdateSAMLProviderRequest> call) {
    UpdateSAMLProviderRequest input = call.input();
    String arn = input.samlProviderArn();
    return Guarded.by(
        check(iam, call, arn),
        _ -> {
          String metadata = input.samlMetadataDocument();
          Instant validUntil = metadata == null ? null : validUntil(metadata);
          Secret key = privateKey(input.addPrivateKey());
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            SamlStore.Provider found = require(handle, call, arn);
            removeKey(transaction, found.id(), input.removePrivateKey());
            addKey(transaction, found.id(), key);
            String mode =
                Optional.ofNullable(input.assertionEncryptionMode()).orElse(found.encryptionMode());
            requireKey(mode, !SamlStore.keys(handle, found.id()).isEmpty());
            SamlStore.update(
                transaction,
                new SamlStore.Provider(
                    found.id(),
                    found.account(),
                    found.name(),
                    Objects.requireNonNullElse(metadata, found.metadata()),
                    Objects.requireNonNullElse(validUntil, found.validUntil()),
                    mode,
                    found.createdAt()));
            iam.changed(transaction);
            return UpdateSAMLProviderResponse.builder().samlProviderArn(arn).build();
          });
        });
  }

  private static void removeKey(
      Transaction transaction, String providerId, @Nullable String keyId) {
    if (keyId == null) {
      return;
    }
    if (SamlStore.keys(StoreTransaction.handle(transaction), providerId).stream()
        .noneMatch(key -> key.id().equals(keyId))) {
      throw IamErrors.noSuchEntity("The private key with id " + keyId + " cannot be found.");
    }
    SamlStore.deleteKey(transaction, keyId);
  }

  @Override
  public Guarded<DeleteSAMLProviderResponse> deleteSAMLProvider(
      Call<DeleteSAMLProviderRequest> call) {
    String arn = call.input().samlProviderArn();
    return Guarded.by(
        check(iam, call, arn),
        _ ->
            Outcome.change(transaction -> {
              SamlStore.delete(
                  transaction, require(StoreTransaction.handle(transaction), call, arn).id());
              iam.changed(transaction);
              return DeleteSAMLProviderResponse.builder().build();
            }));
  }

  /** The check for an operation on one provider. */
  static AccessCheck check(IamContext iam, Call<?> call, String arn) {
    AccessCheck check = AccessCheck.of("iam:" + call.context().operation(), arn);
    return iam.database()
        .read(handle ->
            find(handle, call, arn)
                .map(found -> TagStore.carried(check, handle, found.id()))
                .orElse(check));
  }

  /**
   * The provider by its ARN.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static SamlStore.Provider require(Handle handle, Call<?> call, String arn) {
    return find(handle, call, arn)
        .orElseThrow(() -> IamErrors.noSuchEntity("Manifest not found for arn " + arn));
  }

  private static Optional<SamlStore.Provider> find(Handle handle, Call<?> call, String text) {
    return ProviderArn.name(call, text, SamlStore.ARN_PREFIX, "a SAML")
        .flatMap(name -> SamlStore.find(handle, call.account(), name));
  }
}
