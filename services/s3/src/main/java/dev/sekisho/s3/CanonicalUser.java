package dev.sekisho.s3;

import dev.sekisho.core.AccountId;
import dev.sekisho.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Accounts under the names that S3 alone has for them: 64 hexadecimal digits. */
final class CanonicalUser {

  private static final String PURPOSE = "canonical user of ";

  private CanonicalUser() {}

  static String id(AccountId account) {
    return id(account.value());
  }

  static String id(String account) {
    return HexFormat.of()
        .formatHex(Digests.sha256((PURPOSE + account).getBytes(StandardCharsets.US_ASCII)));
  }
}
