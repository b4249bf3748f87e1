package dev.sekisho.core;

import java.util.Map;
import java.util.Optional;

/** Vouches for an account's principals to the outside. Implemented by IAM, asked by STS. */
public interface OutboundTokens {

  /** The URL that the account's tokens can be verified at; none when it gives out none. */
  Optional<String> issuer(AccountId account);

  /** The tags of the user or role behind the principal, without a session's. */
  Map<String, String> tags(Principal principal);

  /**
   * A token of the claims, signed by the account's key.
   *
   * @param algorithm {@code RS256} or {@code ES384}
   * @throws IllegalStateException when the account never gave out tokens
   */
  String sign(AccountId account, String algorithm, Map<String, Object> claims);
}
