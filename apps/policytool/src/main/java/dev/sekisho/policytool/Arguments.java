package dev.sekisho.policytool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command's options, each with its values, and what is no option. */
record Arguments(Map<String, List<String>> options, List<String> operands) {

  /**
   * Reads {@code --name value} and {@code --name=value}; {@code --} ends the options.
   *
   * @throws UsageException for an option that is not among the known
   */
  static Arguments parse(List<String> arguments, Set<String> known) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        operands.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      }
      if (!argument.startsWith("--")) {
        operands.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
      if (!known.contains(name)) {
        throw new UsageException("unknown option --" + name);
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new UsageException("--" + name + " wants a value");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      options.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Arguments(options, operands);
  }

  List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  /**
   * The option's value; null when it is not there.
   *
   * @throws UsageException when it is there twice
   */
  @Nullable String one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new UsageException("--" + name + " can be given only once");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  String one(String name, String otherwise) {
    String value = one(name);
    return value == null ? otherwise : value;
  }
}
