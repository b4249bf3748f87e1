package dev.sekisho.store;

import dev.sekisho.postgres.PostgresServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract on PostgreSQL. */
class PostgresStoreTest extends StoreContract {

  @SuppressWarnings("NullAway.Init")
  private PostgresServer.Database server;

  @BeforeAll
  static void needPostgres() {
    Nodes.assumeInstalled();
  }

  @Override
  @BeforeEach
  void openFirst() {
    server = PostgresServer.shared().newDatabase();
    super.openFirst();
  }

  @Override
  Database open() {
    return Nodes.open(server, java.time.InstantSource.system());
  }
}
