package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * How to get at a PKCS#11 token.
 *
 * @param module the library of the token's maker
 * @param slot the token's slot; null for the first one
 */
public record HsmToken(Path module, @Nullable Long slot, Secret pin) {

  // What the configuration's grammar takes without quotes, and nothing it would expand.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+-]+");

  public HsmToken {
    if (!module.isAbsolute() || !PLAIN.matcher(module.toString()).matches()) {
      throw new UnsealException(
          "the HSM's module must be an absolute path of plain characters, not " + module);
    }
  }

  /** A token that is logged in to: the provider of its algorithms, and its keys. */
  record Session(Provider provider, KeyStore keys) implements AutoCloseable {

    @Override
    public void close() {
      if (provider instanceof AuthProvider token) {
        try {
          token.logout();
        } catch (LoginException | ProviderException gone) {
          // Nobody is logged in any more.
        }
      }
    }
  }

  /**
   * Logs in, with one attempt: a token locks itself after some wrong ones.
   *
   * @param label what a key that is made in this session will be called
   * @throws UnsealException when the token is not there or refuses
   */
  Session open(String label) {
    Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw new UnsealException("this Java lacks its provider SunPKCS11, which reaches HSMs");
    }
    if (!Files.exists(module)) {
      throw new UnsealException("the HSM's module " + module + " is not there");
    }
    char[] digits = pin.revealText().toCharArray();
    try {
      Provider provider = base.configure(configuration(label));
      KeyStore keys = KeyStore.getInstance("PKCS11", provider);
      keys.load(null, digits);
      return new Session(provider, keys);
    } catch (GeneralSecurityException
        | IOException
        | ProviderException
        | InvalidParameterException failed) {
      throw refusal(failed);
    } finally {
      Arrays.fill(digits, '\0');
    }
  }

  // A key that is made never leaves the token and does nothing but what a root key has to.
  private String configuration(String label) {
    return """
    --name = %s
    library = %s
    %s
    attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
      CKA_TOKEN = true
      CKA_PRIVATE = true
      CKA_SENSITIVE = true
      CKA_EXTRACTABLE = false
      CKA_ENCRYPT = true
      CKA_DECRYPT = true
      CKA_SIGN = false
      CKA_VERIFY = false
      CKA_WRAP = false
      CKA_UNWRAP = false
      CKA_LABEL = 0h%s
    }
    """
        .formatted(
            label,
            module,
            slot == null ? "slotListIndex = 0" : "slot = " + slot,
            HexFormat.of().formatHex(label.getBytes(StandardCharsets.US_ASCII)));
  }

  private UnsealException refusal(Exception failed) {
    Throwable root = failed;
    boolean login = false;
    while (root.getCause() != null) {
      root = root.getCause();
      login |= root instanceof FailedLoginException;
    }
    String where = "the HSM " + module + (slot == null ? "" : " (slot " + slot + ")");
    return login
        ? new UnsealException(
            where
                + " refuses the PIN ("
                + root.getMessage()
                + "); a token locks itself after a few"
                + " wrong ones",
            failed)
        : new UnsealException(
            where
                + " cannot be used: "
                + root.getMessage()
                + "; is the token there, and does"
                + " --hsm-slot name it?",
            failed);
  }
}
