package dev.sekisho.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStatementsTest {

  private static final String SELECT = "select number from sample where number >= :from";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private Handle handle;

  @BeforeEach
  void open() {
    SqliteFile file = new SqliteFile(folder.resolve("store.db"));
    file.provide();
    handle = file.forWriting();
    handle.execute("create table sample (number integer primary key)");
    IntStream.range(0, 3).forEach(each -> handle.execute("insert into sample values (?)", each));
  }

  @AfterEach
  void close() {
    handle.close();
  }

  private List<Integer> from(int number) {
    return handle.createQuery(SELECT).bind("from", number).mapTo(Integer.class).list();
  }

  @Test
  void theSameStatementServesAgain() {
    List<PreparedStatement> used = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      handle
          .createQuery(SELECT)
          .bind("from", i)
          .map((_, context) -> used.add(statement(context)))
          .list();
    }

    assertThat(used).hasSize(5).containsOnly(used.getFirst());
  }

  private static PreparedStatement statement(StatementContext context) {
    return context.getStatement();
  }

  @Test
  void itIsAnotherWithinItsOwnResults() {
    List<Integer> inner = new ArrayList<>();
    handle
        .createQuery(SELECT)
        .bind("from", 1)
        .map((row, _) -> row.getInt(1))
        .forEach(each -> inner.addAll(from(each)));

    assertThat(inner).containsExactly(1, 2, 2);
    assertThat(from(0)).containsExactly(0, 1, 2);
  }

  @Test
  void oneThatFailedServesAgain() {
    assertThatThrownBy(() -> handle.execute("insert into sample values (?)", 1))
        .isInstanceOf(UnableToExecuteStatementException.class);

    handle.execute("insert into sample values (?)", 3);

    assertThat(from(2)).containsExactly(2, 3);
  }

  @Test
  void oneThatIsNotReadToItsEndHoldsNothingUp() {
    assertThat(handle.createQuery(SELECT).bind("from", 0).mapTo(Integer.class).findFirst())
        .hasValue(0);
    handle.inTransaction(each -> each.execute("delete from sample where number = 0"));

    assertThat(from(0)).containsExactly(1, 2);
  }

  @Test
  void theyAreFew() {
    for (int i = 0; i < 2 * KeptStatements.MOST; i++) {
      assertThat(handle.createQuery("select " + i).mapTo(Integer.class).one()).isEqualTo(i);
    }

    assertThat(from(2)).containsExactly(2);
  }

  @Test
  void theTableMayChange() {
    assertThat(from(2)).containsExactly(2);
    handle.execute("alter table sample add column more text");

    assertThat(from(1)).containsExactly(1, 2);
  }
}
