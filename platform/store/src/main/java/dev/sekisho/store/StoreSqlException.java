package dev.sekisho.store;

import java.sql.SQLException;

/** A failed statement of ours that did not go through JDBI. */
final class StoreSqlException extends RuntimeException {

  StoreSqlException(SQLException cause) {
    super(cause);
  }
}
