package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Randomness;

/** Makes the ids of everything in an organization. */
final class Ids {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String DIGITS = "0123456789";

  private final Randomness randomness;

  Ids(Randomness randomness) {
    this.randomness = randomness;
  }

  String organization() {
    return "o-" + randomness.text(LETTERS, 10);
  }

  String root() {
    return "r-" + randomness.text(LETTERS, 4);
  }

  /** Units carry the letters of their root. */
  String unit(String rootId) {
    return "ou-" + rootId.substring(2) + '-' + randomness.text(LETTERS, 8);
  }

  String policy() {
    return "p-" + randomness.text(LETTERS, 8);
  }

  String resourcePolicy() {
    return "rp-" + randomness.text(LETTERS, 8);
  }

  String handshake() {
    return "h-" + randomness.text(LETTERS, 32);
  }

  String accountRequest() {
    return "car-" + randomness.text(LETTERS, 32);
  }

  /** Twelve digits, the first of them no zero: those below are for accounts named by people. */
  AccountId account() {
    return new AccountId(randomness.text(DIGITS.substring(1), 1) + randomness.text(DIGITS, 11));
  }
}
