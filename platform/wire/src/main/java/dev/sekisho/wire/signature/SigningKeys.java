package dev.sekisho.wire.signature;

import dev.sekisho.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derived signing keys, kept because the four steps of their derivation cost more than the rest of
 * a check and a client uses one key all day.
 *
 * <p>Bounded; safe for many threads.
 */
final class SigningKeys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int CAPACITY = 4_096;

  private final ConcurrentHashMap<CredentialScope, Derived> derived = new ConcurrentHashMap<>();

  private record Derived(Secret secret, Mac mac) {}

  /** A fresh MAC keyed for the scope. */
  Mac mac(CredentialScope scope, Secret secret) {
    Derived known = derived.get(scope);
    // A key id may be given a new secret (the development mode's fixed root key), so both must
    // agree.
    if (known == null || !known.secret().equals(secret)) {
      known = new Derived(secret, keyed(derive(scope, secret)));
      if (derived.size() >= CAPACITY) {
        derived.clear();
      }
      derived.put(scope, known);
    }
    try {
      return (Mac) known.mac().clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(
          "the provider's " + ALGORITHM + " cannot be cloned", impossible);
    }
  }

  private static byte[] derive(CredentialScope scope, Secret secret) {
    byte[] revealed = secret.reveal();
    byte[] start = new byte[revealed.length + 4];
    System.arraycopy("AWS4".getBytes(StandardCharsets.US_ASCII), 0, start, 0, 4);
    System.arraycopy(revealed, 0, start, 4, revealed.length);
    byte[] key = step(start, scope.date());
    key = step(key, scope.region());
    key = step(key, scope.service());
    key = step(key, CredentialScope.TERMINATOR);
    Arrays.fill(revealed, (byte) 0);
    Arrays.fill(start, (byte) 0);
    return key;
  }

  private static byte[] step(byte[] key, String text) {
    return keyed(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", impossible);
    }
  }
}
