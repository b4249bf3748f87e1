package dev.sekisho.secretsmanager;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import java.util.ArrayList;
import java.util.List;

/**
 * What GetRandomPassword is asked for, and the password that answers it.
 *
 * @param length 1 to 4096
 * @param excludeCharacters characters that must not occur
 */
record RandomPassword(
    long length,
    String excludeCharacters,
    boolean excludeNumbers,
    boolean excludePunctuation,
    boolean excludeUppercase,
    boolean excludeLowercase,
    boolean includeSpace,
    boolean requireEachIncludedType) {

  static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
  static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final String NUMBERS = "0123456789";
  static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  RandomPassword {
    if (length < 1 || length > 4096) {
      throw refused("Password length must be between 1 and 4096 characters.");
    }
  }

  /**
   * Draws a password.
   *
   * <p>INVARIANT: every password that the request allows is equally likely. A password that lacks a
   * required type is therefore drawn again as a whole, unless too few would ever pass.
   */
  Secret draw(Randomness randomness) {
    List<String> types = types();
    String alphabet = String.join("", types);
    if (alphabet.isEmpty()) {
      throw refused("No characters are left to make a password of.");
    }
    if (requireEachIncludedType && length < types.size()) {
      throw refused("The password is too short to hold each included type of character.");
    }
    int size = (int) length;
    for (int attempt = 0; attempt < 1000; attempt++) {
      String password = text(randomness, alphabet, size);
      if (!requireEachIncludedType || holdsEach(password, types)) {
        return Secret.of(password);
      }
    }
    // A rare type in a short password: place one of each, and the rest at random.
    StringBuilder password = new StringBuilder();
    for (String type : types) {
      password.append(text(randomness, type, 1));
    }
    password.append(text(randomness, alphabet, size - types.size()));
    return Secret.of(shuffled(password, randomness));
  }

  private List<String> types() {
    List<String> types = new ArrayList<>();
    include(types, LOWERCASE, excludeLowercase);
    include(types, UPPERCASE, excludeUppercase);
    include(types, NUMBERS, excludeNumbers);
    include(types, PUNCTUATION, excludePunctuation);
    include(types, " ", !includeSpace);
    return types;
  }

  private void include(List<String> types, String type, boolean excluded) {
    StringBuilder left = new StringBuilder();
    type.chars()
        .filter(each -> excludeCharacters.indexOf(each) < 0)
        .forEach(each -> left.append((char) each));
    if (!excluded && !left.isEmpty()) {
      types.add(left.toString());
    }
  }

  private static boolean holdsEach(String password, List<String> types) {
    return types.stream()
        .allMatch(type -> password.chars().anyMatch(each -> type.indexOf(each) >= 0));
  }

  // The core's text needs two characters to choose from; here one may be all that is left.
  private static String text(Randomness randomness, String alphabet, int length) {
    return alphabet.length() == 1 ? alphabet.repeat(length) : randomness.text(alphabet, length);
  }

  private static String shuffled(StringBuilder text, Randomness randomness) {
    for (int last = text.length() - 1; last > 0; last--) {
      int other = Math.floorMod(randomness.uuid().getLeastSignificantBits(), last + 1);
      char moved = text.charAt(last);
      text.setCharAt(last, text.charAt(other));
      text.setCharAt(other, moved);
    }
    return text.toString();
  }

  private static ServiceException refused(String message) {
    return new ServiceException("InvalidParameterException", 400, message);
  }
}
