package dev.sekisho.core;

import java.util.List;
import java.util.Optional;

/** Finds the identity providers that accounts trust. Implemented by IAM, used by STS. */
public interface IdentityProviders {

  /**
   * The account's OpenID Connect provider for the issuer.
   *
   * @param issuer its URL without the scheme
   */
  Optional<OpenIdConnect> openIdConnect(AccountId account, String issuer);

  /** The SAML provider as it is now. */
  Optional<Saml> saml(Arn arn);

  /**
   * An OpenID Connect provider.
   *
   * @param url as tokens name it, with its scheme
   * @param clientIds the audiences that may be meant
   * @param thumbprints SHA-1 digests of certificates that may vouch for its servers, in lower case
   */
  record OpenIdConnect(Arn arn, String url, List<String> clientIds, List<String> thumbprints) {
    public OpenIdConnect {
      clientIds = List.copyOf(clientIds);
      thumbprints = List.copyOf(thumbprints);
    }
  }

  /**
   * A SAML provider.
   *
   * @param metadata the provider's own description
   * @param encryptionRequired whether assertions in clear are refused
   * @param decryptionKeys private keys in PEM that open its encrypted assertions
   */
  record Saml(Arn arn, String metadata, boolean encryptionRequired, List<Secret> decryptionKeys) {
    public Saml {
      decryptionKeys = List.copyOf(decryptionKeys);
    }
  }
}
