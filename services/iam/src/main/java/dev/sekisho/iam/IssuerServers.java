package dev.sekisho.iam;

import dev.sekisho.core.ServiceException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/** Shows the certificates of the servers that OpenID Connect issuers stand behind. */
@FunctionalInterface
public interface IssuerServers {

  /** For an installation that calls nobody. */
  IssuerServers NONE =
      issuer -> {
        throw unreachable(issuer);
      };

  /**
   * The chain that the issuer's server shows, its own certificate first.
   *
   * @throws ServiceException OpenIdIdpCommunicationError when it cannot be reached
   */
  List<X509Certificate> certificates(URI issuer);

  /** The error for an issuer that cannot be reached. */
  static ServiceException unreachable(URI issuer) {
    return new ServiceException(
        "OpenIdIdpCommunicationError",
        400,
        "Unable to reach the OpenID Connect provider at " + issuer + ".");
  }
}
