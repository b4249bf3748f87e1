package dev.sekisho.store;

import java.sql.SQLException;
import java.util.Set;

/** What a failure means for the writer, whichever engine it comes from. */
enum Trouble {
  /** The work's own: a refusal it threw, a broken constraint, a defect. */
  WORK,
  /** Nothing more can be written: the disk is full or failing. */
  FULL,
  /** Another transaction got in the way; nothing was kept, and the same again may succeed. */
  CONFLICT,
  /** The connection is of no more use. */
  LOST,
  /** The database cannot be reached or is locked by somebody else. */
  UNAVAILABLE;

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;
  private static final int SQLITE_IOERR = 10;
  private static final int SQLITE_FULL = 13;
  // Serialization failure, deadlock.
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
  // Shut down by an operator or a crash, ended for idling in a transaction.
  private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P05", "25P03");
  private static final String STARTING_OR_STOPPING = "57P03";
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String DISK_FULL = "53100";

  static Trouble of(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreUnavailableException) {
        return UNAVAILABLE;
      }
      if (cause instanceof SQLException sql) {
        return of(sql);
      }
    }
    return WORK;
  }

  /** SQLite gives a number and no state, PostgreSQL a state and no number. */
  private static Trouble of(SQLException failed) {
    String state = failed.getSQLState();
    if (state == null || state.isEmpty()) {
      return switch (failed.getErrorCode() & 0xff) {
        case SQLITE_FULL, SQLITE_IOERR -> FULL;
        case SQLITE_BUSY, SQLITE_LOCKED -> UNAVAILABLE;
        default -> WORK;
      };
    }
    if (CONFLICTS.contains(state)) {
      return CONFLICT;
    }
    if (state.startsWith("08") || ENDED.contains(state)) {
      return LOST;
    }
    return switch (state) {
      case DISK_FULL -> FULL;
      case STARTING_OR_STOPPING, TOO_MANY_CONNECTIONS -> UNAVAILABLE;
      default -> WORK;
    };
  }
}
