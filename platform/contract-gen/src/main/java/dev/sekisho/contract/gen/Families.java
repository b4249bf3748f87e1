package dev.sekisho.contract.gen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The operations a service serves, each with its family.
 *
 * <p>A list of operations is a file with one name a line. A line in brackets begins a family: its
 * operations become an interface of their own, so that a service with a hundred operations is a
 * handful of classes and not one. Either all operations of a service have a family, or none has.
 */
final class Families {

  /** What every operation of a service without families belongs to. */
  static final String NONE = "";

  private final NavigableMap<String, String> familyOfOperation;

  private Families(NavigableMap<String, String> familyOfOperation) {
    this.familyOfOperation = familyOfOperation;
  }

  static Families read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  static Families of(List<String> lines) {
    NavigableMap<String, String> families = new TreeMap<>();
    String family = NONE;
    for (String line : lines) {
      if (line.startsWith("[") && line.endsWith("]")) {
        family = line.substring(1, line.length() - 1);
      } else if (!line.isBlank()) {
        String earlier = families.put(line, family);
        if (earlier != null) {
          throw new IllegalArgumentException(line + " is listed twice");
        }
      }
    }
    if (families.containsValue(NONE) && !family.equals(NONE)) {
      throw new IllegalArgumentException("some operations have a family and some have none");
    }
    return new Families(families);
  }

  /** All operations, in the order of their names. */
  List<String> operations() {
    return List.copyOf(familyOfOperation.navigableKeySet());
  }

  /** The families, in the order of their names, without {@link #NONE}. */
  List<String> names() {
    return familyOfOperation.values().stream()
        .filter(name -> !name.equals(NONE))
        .distinct()
        .sorted()
        .toList();
  }

  /** The operations of a family, in the order of their names. */
  List<String> operations(String family) {
    return familyOfOperation.keySet().stream()
        .filter(operation -> of(operation).equals(family))
        .toList();
  }

  /** The family an operation belongs to, or {@link #NONE}. */
  String of(String operation) {
    return familyOfOperation.getOrDefault(operation, NONE);
  }
}
