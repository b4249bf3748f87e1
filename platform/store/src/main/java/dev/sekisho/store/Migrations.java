package dev.sekisho.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Brings the tables up to date, once per version, and refuses data from a newer Sekisho.
 *
 * <p>Each applied version's SHA-256 is kept, so that a file changed after its release is noticed.
 * Why this is not Flyway: docs/decisions/0002-migrations.md.
 */
final class Migrations {

  /** The store's own tables, which come before all others. */
  static final Schema STORE = new Schema(Migrations.class, "store", 1);

  private static final String TABLE =
      """
      create table if not exists schema_version (
        module text not null,
        version integer not null,
        sha256 text not null,
        primary key (module, version)
      )
      """;

  // Any number that nobody else locks by.
  private static final long LOCK = 0x73656b6973686fL;

  private Migrations() {}

  /**
   * Applies what is missing; everything in one transaction, and one process at a time.
   *
   * @throws StoreOpenException when the data knows a version that we do not, or another text of one
   */
  static void apply(Handle handle, Dialect dialect, List<Schema> schemas) {
    handle.useTransaction(transaction -> {
      if (dialect == Dialect.POSTGRESQL) {
        transaction.execute("select pg_advisory_xact_lock(?)", LOCK);
      }
      transaction.execute(dialect.script(TABLE));
      Map<String, String> applied = applied(transaction);
      apply(transaction, dialect, STORE, applied);
      for (Schema schema : schemas) {
        apply(transaction, dialect, schema, applied);
      }
      if (!applied.isEmpty()) {
        throw new StoreOpenException(
            "the data was written by a newer Sekisho (it has "
                + applied.keySet().iterator().next()
                + "); start that version, or restore a backup made before it ran");
      }
    });
  }

  private static Map<String, String> applied(Handle handle) {
    Map<String, String> applied = new HashMap<>();
    handle
        .createQuery("select module, version, sha256 from schema_version")
        .map((row, _) ->
            applied.put(row.getString(1) + " version " + row.getInt(2), row.getString(3)))
        .stream()
        .forEach(_ -> {});
    return applied;
  }

  private static void apply(
      Handle handle, Dialect dialect, Schema schema, Map<String, String> applied) {
    List<String> scripts = schema.scripts();
    for (int version = 1; version <= scripts.size(); version++) {
      String script = scripts.get(version - 1);
      String sha256 = sha256(script);
      String before = applied.remove(schema.name() + " version " + version);
      if (before == null) {
        handle.createScript(dialect.script(script)).execute();
        handle.execute(
            "insert into schema_version (module, version, sha256) values (?, ?, ?)",
            schema.name(),
            version,
            sha256);
      } else if (!before.equals(sha256)) {
        throw new StoreOpenException(
            "the data's tables of "
                + schema.name()
                + " were made by another build of version "
                + version
                + "; start that build, or restore a backup");
      }
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
    }
  }
}
