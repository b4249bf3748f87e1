package dev.sekisho.iam;

import dev.sekisho.core.Caller;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Principal;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.iam.AccessKeyStore.AccessKey;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StampedCache;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds who stands behind a long-term access key, as the tables have it now. */
public final class IamPrincipals implements PrincipalResolver {

  /** IAM's tables. */
  public static final Schema SCHEMA = new Schema(IamPrincipals.class, "iam", 6);

  /** What of IAM's tables the keyring has sealed. */
  public static final List<SealedColumn> SEALED =
      Stream.concat(
              Stream.of(
                  AccessKeyStore.SEALED,
                  MfaDeviceStore.SEALED,
                  OutboundFederationStore.SEALED,
                  SamlStore.SEALED,
                  ServerCertificateStore.SEALED),
              LoginProfileStore.SEALED.stream())
          .toList();

  /** What IAM's changes are stamped with. */
  public static final String TOPIC = "iam";

  private static final int CACHED = 50_000;

  private final Database database;
  private final AccessKeyStore keys;
  private final OrganizationDirectory directory;
  private final StampedCache<String, Resolution> cache;

  /**
   * @param directory knows the accounts that were closed; its changes bump {@link #TOPIC}
   */
  public IamPrincipals(
      Database database, ChangeStamps stamps, Keyring keyring, OrganizationDirectory directory) {
    this.database = database;
    this.directory = directory;
    this.keys = new AccessKeyStore(keyring);
    this.cache = new StampedCache<>(stamps, TOPIC, CACHED);
  }

  @Override
  public Resolution resolve(String accessKeyId, @Nullable String sessionToken) {
    // A long-term key never comes with a token; one that does is somebody's mistake or worse.
    if (sessionToken != null || accessKeyId.length() > 128) {
      return new Resolution.Unknown();
    }
    return cache.get(accessKeyId, id -> ofOpenAccount(database.read(handle -> load(handle, id))));
  }

  private Resolution ofOpenAccount(Resolution found) {
    return found instanceof Resolution.Known(var caller, _)
            && caller.principal().account() != null
            && directory.isSuspended(caller.principal().account())
        ? new Resolution.Unknown()
        : found;
  }

  private Resolution load(Handle handle, String accessKeyId) {
    AccessKey key = keys.find(handle, accessKeyId).orElse(null);
    if (key == null || !key.active()) {
      return new Resolution.Unknown();
    }
    Principal principal =
        key.userId() == null
            ? new Principal.Root(key.account())
            : handle
                .createQuery("select path, name, id from iam_user where id = :id")
                .bind("id", key.userId())
                .map((row, _) ->
                    new Principal.User(
                        key.account(),
                        row.getString("path"),
                        row.getString("name"),
                        row.getString("id")))
                .one();
    return new Resolution.Known(
        new Caller(principal, accessKeyId, null), keys.secret(handle, accessKeyId));
  }
}
