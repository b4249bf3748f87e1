package dev.sekisho.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What can be read from, by those who change nothing. Safe for many threads. */
public interface Snapshots {

  /**
   * Reads in one snapshot.
   *
   * @throws StoreUnavailableException when the database cannot be reached
   */
  <T> T read(Function<Handle, T> work);
}
