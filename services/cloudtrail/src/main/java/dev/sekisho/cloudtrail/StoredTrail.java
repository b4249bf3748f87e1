package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.ObjectStore;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trail as it is kept.
 *
 * @param id tells it from another one made under the same name later
 * @param region its home
 * @param organization the organization whose trail it is; null for that of one account
 * @param customSelectors whether somebody chose the selectors
 */
record StoredTrail(
    String id,
    AccountId account,
    String region,
    String name,
    Target target,
    boolean globalEvents,
    boolean multiRegion,
    boolean validation,
    @Nullable String organization,
    Selectors selectors,
    boolean customSelectors,
    boolean logging,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt) {

  /**
   * Where the trail's files go.
   *
   * @param prefix empty when there is none
   * @param topic the ARN of the topic that hears of deliveries
   */
  record Target(String bucket, String prefix, @Nullable String kmsKey, @Nullable String topic) {}

  static String arn(AccountId account, String region, String name) {
    return Arn.of("cloudtrail", region, account.value(), "trail/" + name).toString();
  }

  String arn() {
    return arn(account, region, name);
  }

  /** Whether the trail takes events of the Region. */
  boolean covers(String other) {
    return multiRegion || region.equals(other);
  }

  ObjectStore.Sender sender() {
    return new ObjectStore.Sender(CloudTrailContext.SERVICE, arn(), account, region);
  }

  ObjectStore.@Nullable Encryption encryption() {
    return target.kmsKey() == null
        ? null
        : new ObjectStore.Encryption(target.kmsKey(), Map.of("aws:cloudtrail:arn", arn()));
  }
}
