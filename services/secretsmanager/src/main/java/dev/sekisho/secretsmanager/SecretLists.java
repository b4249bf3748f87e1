package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.APIErrorType;
import dev.sekisho.contract.secretsmanager.BatchGetSecretValueRequest;
import dev.sekisho.contract.secretsmanager.BatchGetSecretValueResponse;
import dev.sekisho.contract.secretsmanager.ListSecretVersionIdsRequest;
import dev.sekisho.contract.secretsmanager.ListSecretVersionIdsResponse;
import dev.sekisho.contract.secretsmanager.ListSecretsRequest;
import dev.sekisho.contract.secretsmanager.ListSecretsResponse;
import dev.sekisho.contract.secretsmanager.SecretListEntry;
import dev.sekisho.contract.secretsmanager.SecretValueEntry;
import dev.sekisho.contract.secretsmanager.SecretVersionsListEntry;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.CryptoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists secrets and versions, and reads the values of several secrets at once. */
final class SecretLists implements SecretsManagerApi.SecretLists {

  private static final int LARGEST_PAGE = 100;
  private static final int LARGEST_BATCH = 20;

  /** What versions show of the key that AWS manages. */
  private static final String MANAGED_KEY = "DefaultEncryptionKey";

  private final SecretWork work;
  private final Values values;

  SecretLists(SecretWork work, Values values) {
    this.work = work;
    this.values = values;
  }

  @Override
  public Guarded<ListSecretsResponse> listSecrets(Call<ListSecretsRequest> call) {
    ListSecretsRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("secretsmanager:ListSecrets", "*"),
        _ -> {
          SecretOrder order = SecretOrder.of(input.sortBy(), input.sortOrder());
          String list = list(call, order + "/" + input.filters());
          SecretSearch search =
              new SecretSearch(
                  call.account(),
                  call.region(),
                  SecretFilter.of(input.filters()),
                  Boolean.TRUE.equals(input.includePlannedDeletion()),
                  work.context().now());
          int limit = Objects.requireNonNullElse(input.maxResults(), LARGEST_PAGE);
          return Outcome.answer(
              work.context()
                  .database()
                  .read(handle -> {
                    List<StoredSecret> found =
                        search.find(handle, order, open(list, input.nextToken()), limit + 1);
                    List<StoredSecret> page = firsts(found, limit);
                    return ListSecretsResponse.builder()
                        .secretList(page.stream().map(secret -> shown(handle, secret)).toList())
                        .nextToken(
                            found.size() > limit
                                ? work.context().pages().seal(list, order.place(page.getLast()))
                                : null)
                        .build();
                  }));
        });
  }

  private static <T> List<T> firsts(List<T> found, int limit) {
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  private static String list(Call<?> call, String selection) {
    return String.join(
        "/", call.context().operation(), call.account().value(), call.region(), selection);
  }

  private @Nullable String open(String list, @Nullable String token) {
    if (token == null) {
      return null;
    }
    try {
      return work.context().pages().open(list, token);
    } catch (CryptoException foreign) {
      throw SecretsManagerErrors.invalidNextToken();
    }
  }

  private static SecretListEntry shown(Handle handle, StoredSecret secret) {
    Optional<Rotation> rotation = RotationStore.find(handle, secret.arn());
    return SecretListEntry.builder()
        .arn(secret.arn())
        .name(secret.name())
        .type(secret.kind())
        .description(secret.description())
        .kmsKeyId(secret.kmsKey())
        .lastChangedDate(secret.changedAt())
        .lastAccessedDate(secret.accessedAt())
        .deletedDate(secret.deletedAt())
        .tags(SecretTags.shown(SecretTags.TABLE.of(handle, secret.arn())))
        .secretVersionsToStages(VersionStore.labels(handle, secret.arn()).byVersion())
        .createdDate(secret.createdAt())
        .rotationEnabled(rotation.map(Rotation::enabled).orElse(null))
        .rotationLambdaARN(rotation.map(Rotation::functionArn).orElse(null))
        .rotationRules(rotation.map(each -> each.rules().shown()).orElse(null))
        .lastRotatedDate(rotation.map(Rotation::rotatedAt).orElse(null))
        .nextRotationDate(rotation.map(Rotation::nextAt).orElse(null))
        .primaryRegion(secret.primaryRegion())
        .build();
  }

  @Override
  public Guarded<ListSecretVersionIdsResponse> listSecretVersionIds(
      Call<ListSecretVersionIdsRequest> call) {
    ListSecretVersionIdsRequest input = call.input();
    boolean deprecated = Boolean.TRUE.equals(input.includeDeprecated());
    return work.onAny(
        call,
        "secretsmanager:ListSecretVersionIds",
        input.secretId(),
        Map.of(),
        (_, secret) -> Outcome.answer(versions(call, secret, deprecated)));
  }

  private ListSecretVersionIdsResponse versions(
      Call<ListSecretVersionIdsRequest> call, StoredSecret secret, boolean deprecated) {
    ListSecretVersionIdsRequest input = call.input();
    String list = list(call, secret.arn() + '/' + deprecated);
    int limit = Objects.requireNonNullElse(input.maxResults(), LARGEST_PAGE);
    String after = open(list, input.nextToken());
    List<SecretVersionsListEntry> all =
        work.context()
            .database()
            .read(handle -> {
              Labels labels = VersionStore.labels(handle, secret.arn());
              return VersionStore.summaries(handle, secret.arn()).stream()
                  .filter(version -> deprecated || !labels.of(version.id()).isEmpty())
                  .map(version -> shown(version, labels))
                  .toList();
            });
    int begin = 0;
    while (after != null && begin < all.size() && !after.equals(all.get(begin).versionId())) {
      begin++;
    }
    List<SecretVersionsListEntry> rest = all.subList(Math.min(all.size(), begin), all.size());
    List<SecretVersionsListEntry> page = firsts(rest, limit);
    String next = rest.size() > limit ? Objects.requireNonNull(rest.get(limit).versionId()) : null;
    return ListSecretVersionIdsResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versions(page)
        .nextToken(next == null ? null : work.context().pages().seal(list, next))
        .build();
  }

  private static SecretVersionsListEntry shown(VersionSummary version, Labels labels) {
    List<String> stages = labels.of(version.id());
    return SecretVersionsListEntry.builder()
        .versionId(version.id())
        .versionStages(stages.isEmpty() ? null : stages)
        .lastAccessedDate(version.accessedAt())
        .createdDate(version.createdAt())
        .kmsKeyIds(List.of(version.managedKey() ? MANAGED_KEY : version.kmsKey()))
        .build();
  }

  @Override
  public Guarded<BatchGetSecretValueResponse> batchGetSecretValue(
      Call<BatchGetSecretValueRequest> call) {
    BatchGetSecretValueRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("secretsmanager:BatchGetSecretValue", "*"),
        _ -> {
          List<String> ids = input.secretIdList();
          if ((ids == null) == (input.filters() == null)) {
            throw SecretsManagerErrors.invalidParameter(
                "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
          }
          if (ids != null && (input.maxResults() != null || input.nextToken() != null)) {
            throw SecretsManagerErrors.invalidParameter(
                "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is"
                    + " provided.");
          }
          return Outcome.answer(ids == null ? byFilters(call) : batch(call, ids).build());
        });
  }

  private BatchGetSecretValueResponse byFilters(Call<BatchGetSecretValueRequest> call) {
    BatchGetSecretValueRequest input = call.input();
    SecretOrder order = SecretOrder.of(null, null);
    String list = list(call, String.valueOf(input.filters()));
    int limit = Objects.requireNonNullElse(input.maxResults(), LARGEST_BATCH);
    SecretSearch search =
        new SecretSearch(
            call.account(),
            call.region(),
            SecretFilter.of(input.filters()),
            false,
            work.context().now());
    List<StoredSecret> found =
        work.context()
            .database()
            .read(handle -> search.find(handle, order, open(list, input.nextToken()), limit + 1));
    List<StoredSecret> page = firsts(found, limit);
    return batch(call, page.stream().map(StoredSecret::arn).toList())
        .nextToken(
            found.size() > limit
                ? work.context().pages().seal(list, order.place(page.getLast()))
                : null)
        .build();
  }

  /** Each value that the caller may read, and of each other why not. */
  private BatchGetSecretValueResponse.Builder batch(Call<?> call, List<String> ids) {
    List<SecretValueEntry> read = new ArrayList<>();
    List<APIErrorType> errors = new ArrayList<>();
    for (String id : ids) {
      try {
        read.add(value(call, id));
      } catch (ServiceException refused) {
        errors.add(
            APIErrorType.builder()
                .secretId(id)
                .errorCode(refused.code())
                .message(refused.message())
                .build());
      }
    }
    return BatchGetSecretValueResponse.builder().secretValues(read).errors(errors);
  }

  private SecretValueEntry value(Call<?> call, String id) {
    SecretWork.Named named = work.named(call, id);
    work.context()
        .authorizer()
        .authorize(
            call.context(),
            Access.of(
                work.check(
                    "secretsmanager:GetSecretValue",
                    named,
                    Map.of("secretsmanager:VersionStage", List.of(Labels.CURRENT)))));
    StoredSecret secret = named.found().orElseThrow(SecretsManagerErrors::noSecret);
    SecretWork.requireLive(secret);
    Values.Opened opened = values.open(call.context(), secret, null, null);
    return SecretValueEntry.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(opened.version().id())
        .secretBinary(opened.value().blob())
        .secretString(opened.value().text())
        .versionStages(opened.labels())
        .createdDate(opened.version().createdAt())
        .build();
  }
}
