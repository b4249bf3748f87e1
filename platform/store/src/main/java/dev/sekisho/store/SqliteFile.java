package dev.sekisho.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/** The database's file: how it is made and connected to, and what is said when that fails. */
record SqliteFile(Path path) {

  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_NOTADB = 26;

  private static final int WRITER_CACHE_KIBIBYTES = 32 * 1_024;

  /** How far the log grows before its pages go into the file, where each is written once only. */
  private static final int LOG_PAGES = 8_192;

  /** Makes the file when there is none, readable by its owner only. */
  void provide() {
    try {
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException failed) {
      throw new StoreOpenException("the database " + path + " cannot be made", failed);
    }
  }

  Handle forWriting() {
    Handle handle = connect(false);
    handle.execute("pragma cache_size = -" + WRITER_CACHE_KIBIBYTES);
    handle.execute("pragma wal_autocheckpoint = " + LOG_PAGES);
    return handle;
  }

  Handle forReading() {
    return connect(true);
  }

  /** Brings everything written ahead into the file and cuts the log, with the old pages in it. */
  void truncateLog() {
    try (Handle handle = connect(false)) {
      handle.execute("pragma wal_checkpoint(truncate)");
    }
  }

  private Handle connect(boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    // Nobody asks for them, and each insert would pay.
    config.setGetGeneratedKeys(false);
    config.setReadOnly(readOnly);
    if (!readOnly) {
      // A transaction that has read and then finds the file locked for a moment, as by what cuts
      // the log, is refused at once; one that locks at its beginning waits.
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    // As on PostgreSQL; without it LIKE takes A for a.
    config.setPragma(SQLiteConfig.Pragma.CASE_SENSITIVE_LIKE, "true");
    // What is deleted is overwritten, though its page stays in the file.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + path);
      Jdbi jdbi = Jdbi.create(() -> connection);
      jdbi.setStatementBuilderFactory(_ -> new KeptStatements());
      return jdbi.open();
    } catch (SQLException failed) {
      throw refusal(failed);
    }
  }

  /** Says what is wrong with the file and what to do. */
  StoreOpenException refusal(Throwable failed) {
    if (isDamage(failed)) {
      return damaged(failed);
    }
    return switch (Trouble.of(failed)) {
      case FULL ->
          new StoreOpenException(
              "the database "
                  + path
                  + " cannot be opened because its disk is full or failing; make room and start"
                  + " again",
              failed);
      case UNAVAILABLE ->
          new StoreOpenException(
              "the database "
                  + path
                  + " is locked by another program; close whatever has it open and start again",
              failed);
      case WORK, CONFLICT, LOST ->
          new StoreOpenException(
              "the database " + path + " cannot be opened: " + failed.getMessage(), failed);
    };
  }

  StoreOpenException damaged(Throwable failed) {
    return new StoreOpenException(
        "the database "
            + path
            + " is damaged or not Sekisho's; restore it from a backup, or move it away to start"
            + " with an empty one",
        failed);
  }

  private static boolean isDamage(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        int code = sql.getErrorCode() & 0xff;
        return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
      }
    }
    return false;
  }
}
