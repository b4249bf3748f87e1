package dev.sekisho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as written.
 *
 * @param version {@code 2012-10-17} or {@code 2008-10-17}; without one the older rules hold
 */
public record PolicyDocument(
    @Nullable String version, @Nullable String id, List<Statement> statements) {

  /** The version since which {@code ${…}} is a variable. */
  public static final String CURRENT_VERSION = "2012-10-17";

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /** Whether variables are replaced; in older documents they are plain text. */
  public boolean hasVariables() {
    return CURRENT_VERSION.equals(version);
  }
}
