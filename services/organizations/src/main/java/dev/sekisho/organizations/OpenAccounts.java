package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.StampedCache;
import org.jspecify.annotations.Nullable;

/**
 * Knows no temporary credentials of closed accounts any more. Long-term ones are looked up anyway,
 * and refused there.
 */
public final class OpenAccounts implements PrincipalResolver {

  private static final int CACHED = 50_000;

  private final PrincipalResolver principals;
  private final OrganizationDirectory directory;
  private final StampedCache<AccountId, Boolean> suspended;

  /**
   * @param topic what decisions are cached under
   */
  public OpenAccounts(
      PrincipalResolver principals,
      OrganizationDirectory directory,
      ChangeStamps stamps,
      String topic) {
    this.principals = principals;
    this.directory = directory;
    this.suspended = new StampedCache<>(stamps, topic, CACHED);
  }

  @Override
  public Resolution resolve(String accessKeyId, @Nullable String sessionToken) {
    Resolution found = principals.resolve(accessKeyId, sessionToken);
    if (sessionToken == null || !(found instanceof Resolution.Known(var caller, _))) {
      return found;
    }
    AccountId account = caller.principal().account();
    return account != null && suspended.get(account, directory::isSuspended)
        ? new Resolution.Unknown()
        : found;
  }
}
