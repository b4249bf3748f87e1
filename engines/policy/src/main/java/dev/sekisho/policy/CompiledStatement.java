package dev.sekisho.policy;

import dev.sekisho.core.Principal;
import dev.sekisho.policy.Statement.Selection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One statement, ready to be asked. */
final class CompiledStatement {

  private final Statement source;
  private final Effect effect;
  private final PrincipalMatcher principals;
  private final boolean actionsNegated;
  private final List<Glob> actions;
  private final boolean resourcesNegated;
  private final @Nullable List<ArnPattern> resources;
  private final List<CompiledCondition> conditions;
  private final boolean impossible;

  CompiledStatement(Statement source, boolean variables) {
    this.source = source;
    this.effect = Objects.requireNonNull(source.effect(), "a checked statement has an effect");
    this.principals = new PrincipalMatcher(source.principal());
    Selection<String> named = source.actions();
    this.actionsNegated = named != null && named.negated();
    this.actions =
        named == null
            ? List.of()
            : named.values().stream()
                .map(action -> Glob.of(action.toLowerCase(Locale.ROOT), true, false))
                .toList();
    Selection<String> places = source.resources();
    this.resourcesNegated = places != null && places.negated();
    this.resources =
        places == null
            ? null
            : places.values().stream().map(place -> ArnPattern.of(place, variables)).toList();
    List<@Nullable CompiledCondition> compiled =
        new java.util.ArrayList<>(source.conditions().size());
    source.conditions().forEach(each -> compiled.add(CompiledCondition.of(each, variables)));
    // INVARIANT: a condition we cannot read makes an Allow match nothing; validation keeps it out.
    this.impossible = compiled.contains(null);
    this.conditions =
        compiled.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  Statement source() {
    return source;
  }

  Effect effect() {
    return effect;
  }

  List<CompiledCondition> conditions() {
    return conditions;
  }

  Grant grant(Principal caller) {
    return principals.grant(caller);
  }

  /** Whether action, resource and conditions fit; the principal is asked apart. */
  boolean applies(AccessRequest request) {
    return names(request) && conditionsHold(request.context());
  }

  /** Whether action and resource fit. */
  boolean names(AccessRequest request) {
    return actionFits(request) && resourceFits(request);
  }

  private boolean conditionsHold(ContextKeys context) {
    if (impossible) {
      return effect == Effect.DENY;
    }
    for (CompiledCondition condition : conditions) {
      if (!condition.holds(context)) {
        return false;
      }
    }
    return true;
  }

  private boolean actionFits(AccessRequest request) {
    for (Glob action : actions) {
      if (action.matches(request.foldedAction(), request.context())) {
        return !actionsNegated;
      }
    }
    return actionsNegated;
  }

  private boolean resourceFits(AccessRequest request) {
    if (resources == null) {
      // Trust policies have no resource: they stand on their role.
      return source.principal() != null;
    }
    String resource = request.resource();
    for (ArnPattern pattern : resources) {
      boolean fits =
          resource.equals("*")
              ? pattern.matchesEverything()
              : pattern.matches(resource, request.context());
      if (fits) {
        return !resourcesNegated;
      }
    }
    return resourcesNegated;
  }
}
