package dev.sekisho.secretsmanager;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of rotations. */
final class RotationStore {

  private static final String SELECT = "select * from secretsmanager_rotation";

  private RotationStore() {}

  static Optional<Rotation> find(Handle handle, String secret) {
    return handle
        .createQuery(SELECT + " where secret = :secret")
        .bind("secret", secret)
        .map((row, _) -> rotation(row))
        .findOne();
  }

  /** Secrets about whose rotation something is to be done. */
  static List<String> due(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "select secret from secretsmanager_rotation where due_at <= :now"
                + " and (step is not null or enabled = 1) order by due_at limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  /** Takes the secret's rotation for oneself; false when another has it or nothing is due. */
  static boolean claim(Transaction transaction, String secret, Instant now, Instant until) {
    return StoreTransaction.handle(transaction)
            .execute(
                "update secretsmanager_rotation set due_at = ? where secret = ? and due_at <= ?",
                until.toEpochMilli(),
                secret,
                now.toEpochMilli())
        == 1;
  }

  /**
   * Keeps it.
   *
   * @param due when something is to be done about it; never for null
   */
  static void put(Transaction transaction, Rotation rotation, @Nullable Instant due) {
    Rotation.Pending pending = rotation.pending();
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into secretsmanager_rotation (secret, function_arn, days, expression, duration,"
                + " enabled, rotated_at, next_at, step, version, testing, attempts, due_at,"
                + " failure) values (:secret, :function, :days, :expression, :duration, :enabled,"
                + " :rotated, :next, :step, :version, :testing, :attempts, :due, :failure)"
                + " on conflict (secret) do update set function_arn = excluded.function_arn,"
                + " days = excluded.days, expression = excluded.expression,"
                + " duration = excluded.duration, enabled = excluded.enabled,"
                + " rotated_at = excluded.rotated_at, next_at = excluded.next_at,"
                + " step = excluded.step, version = excluded.version, testing = excluded.testing,"
                + " attempts = excluded.attempts, due_at = excluded.due_at,"
                + " failure = excluded.failure")
        .bind("secret", rotation.secret())
        .bind("function", rotation.functionArn())
        .bind("days", rotation.rules().days())
        .bind("expression", rotation.rules().expression())
        .bind("duration", rotation.rules().duration())
        .bind("enabled", rotation.enabled() ? 1 : 0)
        .bind("rotated", millis(rotation.rotatedAt()))
        .bind("next", millis(rotation.nextAt()))
        .bind("step", pending == null ? null : pending.step().text())
        .bind("version", pending == null ? null : pending.version())
        .bind("testing", pending != null && pending.testing() ? 1 : 0)
        .bind("attempts", pending == null ? 0 : pending.attempts())
        .bind("due", due == null ? Long.MAX_VALUE : due.toEpochMilli())
        .bind("failure", rotation.failure())
        .execute();
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static Rotation rotation(ResultSet row) throws SQLException {
    String step = row.getString("step");
    long days = row.getLong("days");
    return new Rotation(
        row.getString("secret"),
        row.getString("function_arn"),
        new RotationRules(
            days == 0 ? null : days, row.getString("expression"), row.getString("duration")),
        row.getInt("enabled") == 1,
        SecretStore.time(row, "rotated_at"),
        SecretStore.time(row, "next_at"),
        step == null
            ? null
            : new Rotation.Pending(
                RotationStep.of(step),
                row.getString("version"),
                row.getInt("testing") == 1,
                row.getInt("attempts")),
        row.getString("failure"));
  }
}
