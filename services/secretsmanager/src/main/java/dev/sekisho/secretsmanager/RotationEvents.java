package dev.sekisho.secretsmanager;

import dev.sekisho.core.Arn;
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

/** What the event log says of rotations, which nobody calls for. */
final class RotationEvents {

  private static final String SOURCE = "secretsmanager.amazonaws.com";
  private static final String TYPE = "AWS::SecretsManager::Secret";

  private final EventLog log;
  private final SecretsManagerContext context;

  RotationEvents(EventLog log, SecretsManagerContext context) {
    this.log = log;
    this.context = context;
  }

  /**
   * Appends an event as part of what it tells of.
   *
   * @param why what went wrong; null for nothing
   */
  void append(Transaction transaction, Rotation rotation, String name, @Nullable String why) {
    Instant now = context.now();
    Arn arn = Arn.parse(rotation.secret());
    Map<String, String> additional = new LinkedHashMap<>();
    additional.put("SecretId", rotation.secret());
    additional.put("RotationLambdaARN", rotation.functionArn());
    if (why != null) {
      additional.put("FailureReason", why);
    }
    log.append(
        transaction,
        new ServiceEvent(SOURCE, name, SOURCE, additional, List.of(), Map.of())
            .in(
                arn.account(),
                arn.region(),
                List.of(new EventResource(rotation.secret(), arn.account(), TYPE)),
                now,
                EventId.at(now, context.randomness())));
  }
}
