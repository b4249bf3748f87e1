package dev.sekisho.store;

import java.sql.SQLException;

/** Tells the errors that mean a full disk from all others. */
final class DiskFull {

  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_IOERR = 10;
  private static final String POSTGRESQL_DISK_FULL = "53100";

  private DiskFull() {}

  static boolean is(SQLException failed) {
    int primary = failed.getErrorCode() & 0xff;
    return primary == SQLITE_FULL
        || primary == SQLITE_IOERR
        || POSTGRESQL_DISK_FULL.equals(failed.getSQLState());
  }
}
