package dev.sekisho.secretsmanager;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a secret has which staging label.
 *
 * <p>INVARIANT: a label is on one version only, and once there is a version one is current.
 *
 * @param versions the id of the version by label
 */
record Labels(Map<String, String> versions) {

  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";
  static final String PENDING = "AWSPENDING";

  static final Labels NONE = new Labels(Map.of());

  /** Labels a version may have at most. */
  private static final int MOST = 20;

  Labels {
    versions = Map.copyOf(versions);
  }

  @Nullable String version(String label) {
    return versions.get(label);
  }

  /** The labels of each version that has any; null when none has. */
  @Nullable Map<String, List<String>> byVersion() {
    Map<String, List<String>> labels = new HashMap<>();
    versions.values().forEach(version -> labels.put(version, of(version)));
    return labels.isEmpty() ? null : labels;
  }

  /** The labels of a version, in order. */
  List<String> of(String version) {
    return versions.entrySet().stream()
        .filter(each -> each.getValue().equals(version))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * Puts labels on a version, which takes them from whatever version had them. The version that was
   * current becomes the previous one.
   *
   * @throws dev.sekisho.core.ServiceException LimitExceededException
   */
  Labels put(String version, Collection<String> labels) {
    Map<String, String> moved = new TreeMap<>(versions);
    labels.forEach(label -> moved.put(label, version));
    String current = versions.get(CURRENT);
    if (labels.contains(CURRENT) && current != null && !current.equals(version)) {
      moved.put(PREVIOUS, current);
    }
    // The first version is current, whatever it is called.
    moved.putIfAbsent(CURRENT, version);
    Labels put = new Labels(moved);
    if (put.of(version).size() > MOST) {
      throw SecretsManagerErrors.limitExceeded(
          "You can't attach more than " + MOST + " staging labels to a version.");
    }
    return put;
  }

  /** What of them is on these versions. */
  Labels onlyOf(Set<String> ids) {
    Map<String, String> left = new TreeMap<>(versions);
    left.values().removeIf(version -> !ids.contains(version));
    return new Labels(left);
  }

  /** Takes the label off its version. */
  Labels without(String label) {
    Map<String, String> left = new TreeMap<>(versions);
    left.remove(label);
    return new Labels(left);
  }
}
