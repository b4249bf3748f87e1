package dev.sekisho.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The tables of one module: its migrations in order, as resources {@code db/NAME/V1.sql}, {@code
 * V2.sql}, ….
 *
 * <p>A migration that was ever released is never changed; a new one is added.
 *
 * <p>One text serves both engines. It is SQLite's, and three words stand for types alone (so none
 * of them may name a column or stand in a default). PostgreSQL gets in their place:
 *
 * <ul>
 *   <li>{@code blob}: {@code bytea}, the same under its own name
 *   <li>{@code integer}: {@code bigint}, because SQLite's integers have 64 bits
 *   <li>{@code text}: {@code text collate "C"}, because SQLite compares and sorts by bytes,
 *       whatever the language of the machine
 * </ul>
 *
 * <p>Statements are the same on both as well. They keep to what both have ({@code on conflict},
 * {@code returning}, row values, {@code like … escape}), name no sequence, and bind a value of the
 * column's own type: PostgreSQL takes no number for a text and no boolean for a number.
 *
 * @param owner a class of the module that carries the files
 * @param name the module's folder below {@code db}
 * @param versions how many there are
 */
public record Schema(Class<?> owner, String name, int versions) {

  private static final Pattern TABLE = Pattern.compile("(?m)^create table (\\w+)");

  /** The statements of every version, first version first. */
  List<String> scripts() {
    return IntStream.rangeClosed(1, versions).mapToObj(this::script).toList();
  }

  /** The names of the module's tables, in the order they were made: none refers to a later one. */
  public List<String> tables() {
    return scripts().stream()
        .flatMap(script -> TABLE.matcher(script).results())
        .map(found -> found.group(1))
        .toList();
  }

  private String script(int version) {
    String path = "/db/" + name + "/V" + version + ".sql";
    try (InputStream stream = owner.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("the migration " + path + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException("the migration " + path + " cannot be read", failed);
    }
  }
}
