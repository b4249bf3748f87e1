package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.GrantConstraints;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grant's constraints: when its leave holds.
 *
 * @param exactly the encryption context must be this; empty for no such constraint
 * @param atLeast the encryption context must hold these pairs; empty for no such constraint
 * @param sourceArn the resource on whose behalf a service must call
 */
record GrantLimits(
    Map<String, String> exactly, Map<String, String> atLeast, @Nullable String sourceArn) {

  /** The operations that come with an encryption context, and so are bound by one. */
  private static final Set<String> WITH_CONTEXT =
      Set.of(
          "Decrypt",
          "Encrypt",
          "GenerateDataKey",
          "GenerateDataKeyWithoutPlaintext",
          "GenerateDataKeyPair",
          "GenerateDataKeyPairWithoutPlaintext",
          "ReEncryptFrom",
          "ReEncryptTo");

  GrantLimits {
    exactly = Map.copyOf(exactly);
    atLeast = Map.copyOf(atLeast);
  }

  static GrantLimits of(@Nullable GrantConstraints constraints) {
    return constraints == null
        ? new GrantLimits(Map.of(), Map.of(), null)
        : new GrantLimits(
            requireNonNullElse(constraints.encryptionContextEquals(), Map.of()),
            requireNonNullElse(constraints.encryptionContextSubset(), Map.of()),
            constraints.sourceArn());
  }

  /** The constraints as callers see them; none when there is no constraint. */
  @Nullable GrantConstraints constraints() {
    if (exactly.isEmpty() && atLeast.isEmpty() && sourceArn == null) {
      return null;
    }
    return GrantConstraints.builder()
        .encryptionContextEquals(exactly.isEmpty() ? null : exactly)
        .encryptionContextSubset(atLeast.isEmpty() ? null : atLeast)
        .sourceArn(sourceArn)
        .build();
  }

  boolean bindsContext() {
    return !exactly.isEmpty() || !atLeast.isEmpty();
  }

  /** Whether an operation under these condition keys keeps within the limits. */
  boolean admit(String operation, Map<String, List<String>> conditions) {
    if (sourceArn != null && !List.of(sourceArn).equals(conditions.get("aws:SourceArn"))) {
      return false;
    }
    if (!WITH_CONTEXT.contains(operation)) {
      return true;
    }
    List<String> keys = conditions.getOrDefault("kms:EncryptionContextKeys", List.of());
    return (exactly.isEmpty() || (keys.size() == exactly.size() && holds(conditions, exactly)))
        && holds(conditions, atLeast);
  }

  private static boolean holds(Map<String, List<String>> conditions, Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .allMatch(pair ->
            List.of(pair.getValue())
                .equals(conditions.get("kms:EncryptionContext:" + pair.getKey())));
  }

  /** Whether whatever keeps within the other limits keeps within these. */
  boolean cover(GrantLimits narrower) {
    boolean exact = exactly.isEmpty() || exactly.equals(narrower.exactly);
    boolean subset =
        narrower.exactly.entrySet().containsAll(atLeast.entrySet())
            || narrower.atLeast.entrySet().containsAll(atLeast.entrySet());
    return exact && subset && (sourceArn == null || Objects.equals(sourceArn, narrower.sourceArn));
  }
}
