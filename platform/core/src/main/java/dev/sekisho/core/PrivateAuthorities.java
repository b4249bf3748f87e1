package dev.sekisho.core;

import org.jspecify.annotations.Nullable;

/**
 * Private certificate authorities as other services reach them. Implemented by Private CA.
 *
 * <p>INVARIANT: each use passes every gate that a call of Private CA's own API passes, and leaves
 * its own event. Nothing of this may be called inside a transaction: a use is a call of its own.
 *
 * <p>Every method throws a {@link ServiceException} with Private CA's codes.
 */
public interface PrivateAuthorities {

  /**
   * Issues a certificate for a server or client.
   *
   * @param call that the service serves, or one of its own accord
   * @param service for example {@code acm.amazonaws.com}
   * @param request in PEM
   * @param days how long it is to be valid from now
   */
  Issued issue(RequestContext call, String service, String authorityArn, Blob request, int days);

  /**
   * What was issued.
   *
   * @param arn of the certificate as the authority knows it
   * @param certificate in PEM
   * @param chain in PEM, the authority's own certificate first; null for a root's own certificate
   */
  record Issued(String arn, String certificate, @Nullable String chain) {}
}
