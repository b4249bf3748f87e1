package dev.sekisho.core;

/**
 * The gate between a valid call and its operation.
 *
 * <p>Subclasses decide; this class alone turns a yes into the {@link Authorized} that operations
 * need.
 */
public abstract class Authorizer {

  /**
   * Asks every check of the access.
   *
   * @throws ServiceException AccessDenied, with AWS's wording, at the first check that is not
   *     allowed
   */
  public final Authorized authorize(RequestContext context, Access access) {
    switch (access) {
      case Access.Open _ -> {}
      case Access.Checked checked -> {
        for (AccessCheck check : checked.checks()) {
          require(context, check);
        }
      }
    }
    return new Authorized(context);
  }

  /**
   * Returns normally only when the caller is allowed.
   *
   * @throws ServiceException AccessDenied, with AWS's wording, in every other case
   */
  protected abstract void require(RequestContext context, AccessCheck check);
}
