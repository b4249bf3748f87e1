package dev.sekisho.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a listing goes on: opaque to the caller, of no use when altered or given to another call.
 */
public final class PageTokens {

  private static final String PURPOSE = "page/";

  private final Keyring keyring;

  public PageTokens(Keyring keyring) {
    this.keyring = keyring;
  }

  /**
   * Makes a token.
   *
   * @param call what the token belongs to: operation, account and whatever else selects the list
   * @param last the key of the last item that was given out
   */
  public String seal(String call, String last) {
    byte[] sealed = keyring.seal(PURPOSE + call, last.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Reads a token back.
   *
   * @throws CryptoException when it is not one of ours, or belongs to another call
   */
  public String open(String call, String token) {
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(token);
      return new String(keyring.open(PURPOSE + call, sealed), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new CryptoException();
    }
  }
}
