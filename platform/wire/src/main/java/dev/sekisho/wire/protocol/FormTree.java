package dev.sekisho.wire.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Form parameters as the tree their dotted names describe: {@code Tags.member.1.Key}.
 *
 * <p>Depth is bounded.
 */
final class FormTree {

  private static final int DEPTH = 64;

  private final Map<String, FormTree> children = new LinkedHashMap<>();
  private @Nullable String value;

  static FormTree of(Map<String, String> parameters) {
    FormTree root = new FormTree();
    parameters.forEach((name, value) -> {
      FormTree node = root;
      int depth = 0;
      for (String part : name.split("\\.", -1)) {
        if (++depth > DEPTH) {
          throw new MalformedRequest("A parameter is nested too deep");
        }
        node = node.children.computeIfAbsent(part, _ -> new FormTree());
      }
      node.value = value;
    });
    return root;
  }

  @Nullable String value() {
    return value;
  }

  @Nullable FormTree child(String name) {
    return children.get(name);
  }

  boolean isEmpty() {
    return children.isEmpty();
  }

  /**
   * The children in the order of their numbers.
   *
   * @throws MalformedRequest when one is not numbered
   */
  List<FormTree> numbered() {
    List<Map.Entry<Integer, FormTree>> found = new ArrayList<>(children.size());
    children.forEach((name, child) -> {
      if (name.isEmpty()
          || name.length() > 6
          || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new MalformedRequest("An element of a list has no number");
      }
      found.add(Map.entry(Integer.valueOf(name), child));
    });
    found.sort(Map.Entry.comparingByKey());
    return found.stream().map(Map.Entry::getValue).toList();
  }
}
