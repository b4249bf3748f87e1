package dev.sekisho.kms;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.events.EventId;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventResource;
import dev.sekisho.events.ServiceEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of what KMS does to keys by itself, kept in the transaction that does it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html">AWS
 *     service events</a>
 */
final class KeyEvents {

  private static final String SOURCE = "kms.amazonaws.com";
  private static final String KEY_TYPE = "AWS::KMS::Key";

  private final EventLog log;
  private final Randomness randomness;

  KeyEvents(EventLog log, Randomness randomness) {
    this.log = log;
    this.randomness = randomness;
  }

  /** The key was deleted, its waiting period being over. */
  void deleted(Transaction transaction, KeyName key, Instant at) {
    append(transaction, "DeleteKey", key, at, Map.of());
  }

  /** Imported material was destroyed, its time being over. */
  void materialExpired(Transaction transaction, KeyName key, Instant at) {
    append(transaction, "DeleteExpiredKeyMaterial", key, at, Map.of());
  }

  /** The key got new material. */
  void rotated(
      Transaction transaction,
      Key before,
      @Nullable String materialId,
      RotationType type,
      Instant at) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("rotationType", type.name());
    details.put("keyOrigin", before.origin());
    if (before.materialId() != null) {
      details.put("previousKeyMaterialId", before.materialId());
    }
    if (materialId != null) {
      details.put("currentKeyMaterialId", materialId);
    }
    append(transaction, "RotateKey", before.name(), at, details);
  }

  private void append(
      Transaction transaction, String name, KeyName key, Instant at, Map<String, String> details) {
    Map<String, String> all = new LinkedHashMap<>(details);
    all.put("keyId", key.id());
    String account = key.account().value();
    List<EventResource> resources = List.of(new EventResource(key.arn(), account, KEY_TYPE));
    log.append(
        transaction,
        new ServiceEvent(SOURCE, name, ServiceEvent.INTERNAL, Map.of(), resources, all)
            .in(account, key.region(), resources, at, EventId.at(at, randomness)));
  }
}
