package dev.sekisho.secretsmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Has secrets rotated when it is time, step by step.
 *
 * <p>INVARIANT: where a rotation stands is on disk before the next step is asked for, so that a
 * process that takes the place of one that was killed goes on with the same step; functions must
 * bear a step twice, as AWS demands of them. Whoever works on a secret has claimed it.
 */
final class Rotator {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int BATCH = 50;
  private static final int ATTEMPTS = 5;

  /** Longer than a function may take; another node goes on after that. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private final SecretsManagerContext context;
  private final RotationEvents events;

  Rotator(SecretsManagerContext context, RotationEvents events) {
    this.context = context;
    this.events = events;
  }

  /** Does what is due. Safe to call at any time, by several threads and nodes. */
  void run() {
    Database database = context.database();
    for (String secret : database.read(handle -> RotationStore.due(handle, context.now(), BATCH))) {
      Instant now = context.now();
      Optional<Rotation> claimed =
          database.write(transaction ->
              RotationStore.claim(transaction, secret, now, now.plus(CLAIM))
                  ? RotationStore.find(StoreTransaction.handle(transaction), secret)
                  : Optional.empty());
      claimed
          .flatMap(this::begun)
          .ifPresent(rotation -> context.background().execute(() -> rotate(rotation)));
    }
  }

  /** The rotation with something under way; one that was due is begun. */
  private Optional<Rotation> begun(Rotation rotation) {
    if (rotation.pending() != null) {
      return Optional.of(rotation);
    }
    return context.database().write(transaction -> begin(transaction, rotation));
  }

  private Optional<Rotation> begin(Transaction transaction, Rotation rotation) {
    Handle handle = StoreTransaction.handle(transaction);
    Optional<StoredSecret> secret =
        SecretStore.find(handle, rotation.secret()).filter(each -> !each.isDeletionPending());
    Instant next = rotation.nextAt();
    if (secret.isEmpty() || next == null || next.isAfter(context.now())) {
      RotationStore.put(transaction, rotation, secret.isEmpty() ? null : next);
      return Optional.empty();
    }
    Labels labels = VersionStore.labels(handle, rotation.secret());
    Randomness randomness = context.randomness();
    Rotation begun =
        rotation.with(
            new Rotation.Pending(RotationStep.CREATE, randomness.uuid().toString(), false, 0),
            null);
    VersionStore.setLabels(
        transaction,
        rotation.secret(),
        labels.put(pending(begun).version(), List.of(Labels.PENDING)));
    RotationStore.put(transaction, begun, context.now().plus(CLAIM));
    return Optional.of(begun);
  }

  private static Rotation.Pending pending(Rotation rotation) {
    Rotation.Pending pending = rotation.pending();
    if (pending == null) {
      throw new IllegalStateException("no rotation is under way");
    }
    return pending;
  }

  private void rotate(Rotation begun) {
    Rotation rotation = begun;
    if (isFirst(pending(rotation))) {
      context
          .database()
          .write(transaction -> {
            events.append(transaction, begun, "RotationStarted", null);
            return begun;
          });
    }
    try {
      while (rotation.pending() != null) {
        Rotation.Pending pending = pending(rotation);
        context.functions().invoke(rotation.functionArn(), event(rotation, pending));
        RotationStep next = pending.testing() ? null : pending.step().next();
        if (next == null) {
          finish(rotation, pending);
          return;
        }
        Rotation further =
            rotation.with(
                new Rotation.Pending(next, pending.version(), false, pending.attempts()), null);
        if (!keep(rotation, further, context.now().plus(CLAIM), null)) {
          return;
        }
        rotation = further;
      }
    } catch (FailedException failed) {
      fail(rotation, failed.why());
    }
  }

  private static boolean isFirst(Rotation.Pending pending) {
    return pending.attempts() == 0 && (pending.step() == RotationStep.CREATE || pending.testing());
  }

  private static String event(Rotation rotation, Rotation.Pending pending) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("Step", pending.step().text());
      json.writeStringField("SecretId", rotation.secret());
      json.writeStringField("ClientRequestToken", pending.version());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private void finish(Rotation rotation, Rotation.Pending pending) throws FailedException {
    if (!pending.testing()) {
      Labels labels =
          context.database().read(handle -> VersionStore.labels(handle, rotation.secret()));
      String left = labels.version(Labels.PENDING);
      if (left != null && !left.equals(labels.version(Labels.CURRENT))) {
        throw new FailedException("the function finished and left AWSPENDING on version " + left);
      }
    }
    Rotation done = pending.testing() ? rotation.with(null, null) : rotation.rotated(context.now());
    keep(rotation, done, done.nextAt(), "RotationSucceeded");
  }

  private void fail(Rotation rotation, String why) {
    Rotation.Pending pending = pending(rotation);
    int attempts = pending.attempts() + 1;
    boolean last = attempts >= ATTEMPTS;
    Rotation failed =
        last
            ? rotation.with(null, why)
            : rotation.with(
                new Rotation.Pending(
                    pending.step(), pending.version(), pending.testing(), attempts),
                why);
    Instant due =
        last ? failed.nextAt() : context.now().plus(FIRST_PAUSE.multipliedBy(1L << attempts));
    keep(rotation, failed, due, "RotationFailed");
  }

  /**
   * Keeps where the rotation stands.
   *
   * @param event what the log says of it; null for nothing
   * @return false when it was cancelled, or begun anew, in the meantime
   */
  private boolean keep(
      Rotation before, Rotation after, @Nullable Instant due, @Nullable String event) {
    return context
        .database()
        .write(transaction -> {
          Optional<Rotation> there =
              RotationStore.find(StoreTransaction.handle(transaction), before.secret())
                  .filter(now -> Objects.equals(now.pending(), before.pending()));
          there.ifPresent(now -> {
            RotationStore.put(transaction, now.withProgressOf(after), due);
            if (event != null) {
              events.append(transaction, after, event, after.failure());
            }
          });
          return there.isPresent();
        });
  }
}
