package dev.sekisho.core;

/**
 * Proof that the policies said yes to a call. Only {@link Authorizer} can make one, and no
 * operation runs without one.
 */
public final class Authorized {

  private final RequestContext context;

  Authorized(RequestContext context) {
    this.context = context;
  }

  public RequestContext context() {
    return context;
  }
}
