package dev.sekisho.policy;

import dev.sekisho.core.Principal;
import java.util.Locale;

/** What somebody wants to do. */
public final class AccessRequest {

  private final Principal principal;
  private final String action;
  private final String foldedAction;
  private final long actionStart;
  private final String resource;
  private final ContextKeys context;

  /**
   * @param action for example {@code kms:Encrypt}
   * @param resource an ARN, or {@code *} for actions without resource-level permission
   */
  public AccessRequest(Principal principal, String action, String resource, ContextKeys context) {
    this.principal = principal;
    this.action = action;
    this.foldedAction = action.toLowerCase(Locale.ROOT);
    this.actionStart = Candidates.packed(foldedAction);
    this.resource = resource;
    this.context = context;
  }

  public Principal principal() {
    return principal;
  }

  public String action() {
    return action;
  }

  String foldedAction() {
    return foldedAction;
  }

  /** The first characters of the folded action, as {@link Candidates} compares them. */
  long actionStart() {
    return actionStart;
  }

  public String resource() {
    return resource;
  }

  public ContextKeys context() {
    return context;
  }
}
