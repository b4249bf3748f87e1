package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.AliasListEntry;
import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateAliasResponse;
import dev.sekisho.contract.kms.DeleteAliasRequest;
import dev.sekisho.contract.kms.DeleteAliasResponse;
import dev.sekisho.contract.kms.ListAliasesRequest;
import dev.sekisho.contract.kms.ListAliasesResponse;
import dev.sekisho.contract.kms.UpdateAliasRequest;
import dev.sekisho.contract.kms.UpdateAliasResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.AliasStore.Alias;
import dev.sekisho.kms.Markers.Page;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names that stand for keys and can be given to others. */
final class Aliases {

  private static final int MOST_PER_KEY = 50;
  private static final int USUAL_LIMIT = 50;
  private static final int LARGEST_LIMIT = 100;

  private final Database database;
  private final KeyStamps stamps;
  private final Keys keys;
  private final KeyAccess access;
  private final AliasStore store;
  private final Markers markers;

  Aliases(
      Database database,
      KeyStamps stamps,
      Keys keys,
      KeyAccess access,
      AliasStore store,
      Markers markers) {
    this.database = database;
    this.stamps = stamps;
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.markers = markers;
  }

  Guarded<CreateAliasResponse> create(Call<CreateAliasRequest> call) {
    String action = "kms:CreateAlias";
    AliasName alias = name(call, call.input().aliasName());
    Key target = target(call, call.input().targetKeyId(), action);
    return Guarded.by(
        Access.of(KeyAccess.ofAlias(call, action, alias), access.of(call, action, target)),
        _ ->
            keys.change(
                call,
                target.name(),
                (transaction, key) -> {
                  key.requireNotPendingDeletion();
                  if (store.find(StoreTransaction.handle(transaction), alias).isPresent()) {
                    throw KmsErrors.alreadyExists(
                        "An alias with the name " + alias.arn() + " already exists");
                  }
                  requireRoom(key);
                  store.insert(transaction, alias, key.name().id(), call.context().time());
                  stamps.changed(transaction, alias);
                  return CreateAliasResponse.builder().build();
                }));
  }

  Guarded<UpdateAliasResponse> update(Call<UpdateAliasRequest> call) {
    String action = "kms:UpdateAlias";
    AliasName alias = name(call, call.input().aliasName());
    Key target = target(call, call.input().targetKeyId(), action);
    Key before = keys.use(call, alias.name(), action).key();
    return Guarded.by(
        Access.of(
            KeyAccess.ofAlias(call, action, alias),
            access.of(call, action, before),
            access.of(call, action, target)),
        _ ->
            keys.change(
                call,
                target.name(),
                (transaction, key) -> {
                  key.requireNotPendingDeletion();
                  requireStillOf(transaction, alias, before);
                  requireSameKind(alias, before, key);
                  if (!before.name().equals(key.name())) {
                    requireRoom(key);
                  }
                  store.update(transaction, alias, key.name().id(), call.context().time());
                  stamps.changed(transaction, alias);
                  stamps.changed(transaction, before.name());
                  return UpdateAliasResponse.builder().build();
                }));
  }

  Guarded<DeleteAliasResponse> delete(Call<DeleteAliasRequest> call) {
    String action = "kms:DeleteAlias";
    AliasName alias = name(call, call.input().aliasName());
    Key target = keys.use(call, alias.name(), action).key();
    return Guarded.by(
        Access.of(KeyAccess.ofAlias(call, action, alias), access.of(call, action, target)),
        _ ->
            keys.change(
                call,
                target.name(),
                (transaction, key) -> {
                  requireStillOf(transaction, alias, key);
                  store.delete(transaction, alias);
                  stamps.changed(transaction, alias);
                  return DeleteAliasResponse.builder().build();
                }));
  }

  Guarded<ListAliasesResponse> list(Call<ListAliasesRequest> call) {
    String action = "kms:ListAliases";
    String asked = call.input().keyId();
    String keyId = asked == null ? null : keys.manage(call, asked, action).name().id();
    return Guarded.by(
        KeyAccess.ofAny(call, action),
        _ -> {
          int limit =
              Math.min(requireNonNullElse(call.input().limit(), USUAL_LIMIT), LARGEST_LIMIT);
          Page<Entry> page =
              markers.page(
                  call,
                  requireNonNullElse(keyId, ""),
                  call.input().marker(),
                  limit,
                  (after, most) -> aliases(call, keyId, after, most),
                  Entry::name);
          return Outcome.answer(
              ListAliasesResponse.builder()
                  .aliases(page.items().stream().map(Entry::shown).toList())
                  .truncated(page.truncated())
                  .nextMarker(page.next())
                  .build());
        });
  }

  /** An alias as callers see it. */
  private record Entry(String name, AliasListEntry shown) {}

  /** What the account has, and the predefined aliases whose key is still to be made. */
  private List<Entry> aliases(Call<?> call, @Nullable String keyId, String after, int limit) {
    Map<String, Entry> all = new TreeMap<>();
    if (keyId == null) {
      for (String name : ManagedKeys.predefinedAfter(after)) {
        AliasName alias = new AliasName(call.account(), call.region(), name);
        all.put(
            name,
            new Entry(
                name, AliasListEntry.builder().aliasName(name).aliasArn(alias.arn()).build()));
      }
    }
    database
        .read(handle -> store.list(handle, call.account(), call.region(), keyId, after, limit))
        .forEach(alias -> all.put(alias.name().name(), entry(alias)));
    return all.values().stream().limit(limit).toList();
  }

  private static Entry entry(Alias alias) {
    return new Entry(
        alias.name().name(),
        AliasListEntry.builder()
            .aliasName(alias.name().name())
            .aliasArn(alias.name().arn())
            .targetKeyId(alias.keyId())
            .creationDate(alias.createdAt())
            .lastUpdatedDate(alias.updatedAt())
            .build());
  }

  private static AliasName name(Call<?> call, String name) {
    if (!name.startsWith(AliasName.PREFIX)) {
      throw KmsErrors.validation(
          "Alias must start with the prefix \"alias/\". Please see"
              + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
    }
    if (name.length() == AliasName.PREFIX.length()) {
      throw new ServiceException("InvalidAliasNameException", 400, "Invalid identifier");
    }
    if (name.indexOf(':') >= 0) {
      throw KmsErrors.validation(name + " contains invalid characters for an alias");
    }
    if (name.startsWith(AliasName.AWS_PREFIX)) {
      throw new ServiceException("NotAuthorizedException", 400, "");
    }
    return new AliasName(call.account(), call.region(), name);
  }

  private Key target(Call<?> call, String keyId, String action) {
    if (keyId.startsWith(AliasName.PREFIX)) {
      throw KmsErrors.validation("Aliases must refer to keys. Not aliases");
    }
    return keys.manage(call, keyId, action);
  }

  private static void requireRoom(Key key) {
    if (key.aliases().size() >= MOST_PER_KEY) {
      throw KmsErrors.limitExceeded(
          "The key " + key.name().arn() + " has " + MOST_PER_KEY + " aliases already.");
    }
  }

  /** The permissions asked were for this key: another alias by now is another question. */
  private void requireStillOf(Transaction transaction, AliasName alias, Key key) {
    boolean still =
        store
            .find(StoreTransaction.handle(transaction), alias)
            .filter(found -> found.keyId().equals(key.name().id()))
            .isPresent();
    if (!still) {
      throw KmsErrors.aliasNotFound(alias);
    }
  }

  private static void requireSameKind(AliasName alias, Key before, Key after) {
    boolean same =
        before.usage() == after.usage()
            && before.spec().isSymmetricEncryption() == after.spec().isSymmetricEncryption();
    if (!same) {
      throw KmsErrors.validation(
          "Alias "
              + alias.arn()
              + " cannot be moved from a key of usage "
              + before.usage()
              + " to a key of usage "
              + after.usage());
    }
  }
}
