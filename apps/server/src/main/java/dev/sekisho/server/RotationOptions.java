package dev.sekisho.server;

import dev.sekisho.server.rotation.Target;
import dev.sekisho.server.rotation.Trust;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the built-in functions that rotate secrets may do.
 *
 * @param role the role in each account whose rights they have; null when there are no such
 *     functions
 * @param targets the servers they may connect to
 * @param trust by which authorities those servers prove who they are
 */
public record RotationOptions(@Nullable String role, Set<Target> targets, Trust trust) {

  /** Nothing. */
  public static final RotationOptions NONE = new RotationOptions(null, Set.of(), new Trust(null));

  public RotationOptions {
    targets = Set.copyOf(targets);
  }

  /** The same with one more option, or null when it is none of these. */
  @Nullable RotationOptions with(String name, String value) {
    return switch (name) {
      case "--rotation-role" -> withRole(value);
      case "--rotation-target" -> with(Target.parse(name, value));
      case "--rotation-ca-file" -> with(new Trust(Path.of(value)));
      default -> null;
    };
  }

  /** The same with the rights of a role. */
  public RotationOptions withRole(String name) {
    return new RotationOptions(name, targets, trust);
  }

  /** The same with one more server. */
  public RotationOptions with(Target target) {
    Set<Target> more = new HashSet<>(targets);
    more.add(target);
    return new RotationOptions(role, more, trust);
  }

  /** The same with other authorities. */
  public RotationOptions with(Trust other) {
    return new RotationOptions(role, targets, other);
  }
}
