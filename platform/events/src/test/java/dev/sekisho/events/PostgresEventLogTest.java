package dev.sekisho.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.store.Database;
import dev.sekisho.store.PostgresAddress;
import dev.sekisho.store.PostgresDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract on PostgreSQL with three nodes. */
class PostgresEventLogTest extends EventLogContract {

  @SuppressWarnings("NullAway.Init")
  private PostgresServer.Database server;

  @BeforeAll
  static void needPostgres() {
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
  }

  @Override
  @BeforeEach
  void openAll() {
    if (server == null) {
      server = PostgresServer.shared().newDatabase();
    }
    super.openAll();
  }

  @Override
  int nodes() {
    return 3;
  }

  @Override
  Database open() {
    return PostgresDatabase.open(
        new PostgresAddress(server.url() + "?user=" + server.user(), Secret.of(server.password())),
        List.of(EventLog.SCHEMA),
        InstantSource.system(),
        Randomness.system());
  }

  @Test
  void goesOnAppendingOnANewConnection() {
    try (Database database = open()) {
      EventLog log = new EventLog(database);
      log.append(event("e1", Instant.EPOCH));
      PostgresServer.shared().disconnect(server);
      log.append(event("e2", Instant.EPOCH));

      EventConsumer consumer = new EventConsumer(database, "any");
      assertThat(consumer.next(10).events())
          .extracting(each -> each.event().eventId())
          .containsExactly("e1", "e2");
    }
  }
}
