package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;

/**
 * Which key: an id means nothing without its account and Region.
 *
 * @param id a UUID, or {@code mrk-} and 32 hexadecimal digits for a multi-Region key
 */
record KeyName(AccountId account, String region, String id) {

  static final String MULTI_REGION = "mrk-";

  private static final int UUID = 36;
  private static final int MULTI_REGION_ID = 36;

  String arn() {
    return Arn.of("kms", region, account.value(), "key/" + id).toString();
  }

  /** The same key in another of its Regions. */
  KeyName in(String another) {
    return new KeyName(account, another, id);
  }

  /** Whether the text has the form of a key's id. */
  static boolean isId(String text) {
    if (text.startsWith(MULTI_REGION)) {
      return text.length() == MULTI_REGION_ID && isHexadecimal(text, MULTI_REGION.length());
    }
    return text.length() == UUID
        && text.charAt(8) == '-'
        && text.charAt(13) == '-'
        && text.charAt(18) == '-'
        && text.charAt(23) == '-'
        && isHexadecimal(text.replace("-", ""), 0)
        && text.replace("-", "").length() == UUID - 4;
  }

  private static boolean isHexadecimal(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }
}
