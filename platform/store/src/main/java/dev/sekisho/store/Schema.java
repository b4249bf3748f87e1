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
