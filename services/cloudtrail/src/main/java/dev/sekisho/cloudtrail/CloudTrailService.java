package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SealedColumn;
import java.time.InstantSource;
import java.util.List;

/** CloudTrail: one class per family of operations; the contract's list says which is in which. */
public final class CloudTrailService implements AutoCloseable {

  /** CloudTrail's tables. The events themselves are in the event log's. */
  public static final Schema SCHEMA = new Schema(CloudTrailService.class, "cloudtrail", 1);

  /** What of them the keyring has sealed. */
  public static final List<SealedColumn> SEALED = List.of(RegionKeys.SEALED);

  private final CloudTrailApi api;
  private final Delivery delivery;

  /**
   * @param machineTime the machine's own clock, by which nodes take turns
   */
  public CloudTrailService(CloudTrailContext context, InstantSource machineTime) {
    RegionKeys keys = new RegionKeys(context.database(), context.keyring());
    delivery = new Delivery(context, keys, machineTime);
    api =
        new CloudTrailApi(
            new EventHistory(context.events(), context.pages(), context.kept()),
            new EventSelectors(context),
            new Logging(context),
            new PublicKeys(context),
            new Tagging(context),
            new TrailChanges(context),
            new Trails(context));
  }

  public CloudTrailApi api() {
    return api;
  }

  /** Delivers what is due, for the server to call often. */
  public void deliver() {
    delivery.run();
  }

  /** Lets another node deliver. */
  @Override
  public void close() {
    delivery.close();
  }
}
