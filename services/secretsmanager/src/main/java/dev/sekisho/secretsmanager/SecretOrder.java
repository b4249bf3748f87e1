package dev.sekisho.secretsmanager;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list of secrets, and a secret's place in it. Secrets with equal times go by name.
 *
 * @param column what the table has of it
 */
record SecretOrder(String column, boolean descending) {

  static SecretOrder of(@Nullable String by, @Nullable String order) {
    String column =
        switch (Objects.requireNonNullElse(by, "created-date")) {
          case "name" -> "name";
          case "last-changed-date" -> "changed_at";
          // Those that were never read come first.
          case "last-accessed-date" -> "coalesce(accessed_at, 0)";
          default -> "created_at";
        };
    return new SecretOrder(column, "desc".equals(order));
  }

  boolean byName() {
    return column.equals("name");
  }

  /** The place as text: a time, and the name after a blank. */
  String place(StoredSecret secret) {
    return time(secret) + " " + secret.name();
  }

  private long time(StoredSecret secret) {
    return switch (column) {
      case "name" -> 0;
      case "changed_at" -> secret.changedAt().toEpochMilli();
      case "created_at" -> secret.createdAt().toEpochMilli();
      default -> Objects.requireNonNullElse(secret.accessedAt(), Instant.EPOCH).toEpochMilli();
    };
  }
}
