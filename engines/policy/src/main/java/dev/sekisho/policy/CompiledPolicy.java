package dev.sekisho.policy;

import java.util.List;

/**
 * A policy ready to be asked. Immutable; safe for many threads; compile once and keep.
 *
 * <p>To be compiled, a document must have passed the {@link PolicyValidator}.
 */
public final class CompiledPolicy {

  private final String id;
  private final List<CompiledStatement> statements;
  private final Candidates allows;
  private final Candidates denies;

  private CompiledPolicy(String id, List<CompiledStatement> statements) {
    this.id = id;
    this.statements = statements;
    this.allows = Candidates.with(Effect.ALLOW, statements);
    this.denies = Candidates.with(Effect.DENY, statements);
  }

  /**
   * Compiles a document.
   *
   * @param id what explanations call the policy: its ARN, or owner and name
   */
  public static CompiledPolicy of(String id, PolicyDocument document) {
    return new CompiledPolicy(
        id,
        document.statements().stream()
            .map(statement -> new CompiledStatement(statement, document.hasVariables()))
            .toList());
  }

  /** A policy that allows nothing and denies nothing: it stands for one that is gone. */
  public static CompiledPolicy nothing(String id) {
    return new CompiledPolicy(id, List.of());
  }

  public String id() {
    return id;
  }

  List<CompiledStatement> statements() {
    return statements;
  }

  /** Whether a statement with the effect applies, whoever the caller is. */
  boolean has(Effect effect, AccessRequest request) {
    return with(effect).anyApplies(request);
  }

  /** How closely an applying statement with the effect names the caller. */
  Grant grant(Effect effect, AccessRequest request) {
    return with(effect).closest(request);
  }

  private Candidates with(Effect effect) {
    return switch (effect) {
      case ALLOW -> allows;
      case DENY -> denies;
    };
  }
}
