package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.util.Base64;
import java.util.regex.Pattern;

/** What the keyring's file says of its root key: enough to get at it for whoever may. */
public sealed interface RootForm {

  RootKind kind();

  /** The file's own words for it; of the kind in the file, with the key. */
  String text();

  /** The same without anything secret; sealed values are bound to it. */
  String shown();

  /** The root key itself. */
  record InFile(Secret key) implements RootForm {

    public InFile {
      if (key.length() != 32) {
        throw new IllegalArgumentException("a root key has 32 bytes");
      }
    }

    @Override
    public RootKind kind() {
      return RootKind.FILE;
    }

    @Override
    public String text() {
      return shown() + " " + Base64.getEncoder().encodeToString(key.reveal());
    }

    @Override
    public String shown() {
      return "file";
    }
  }

  /**
   * How a passphrase is made into the root key: the parameters of Argon2id, between what is safe
   * and what a start can bear, so that an altered file can neither weaken nor stall it.
   */
  record FromPassphrase(int kibibytes, int iterations, int lanes, Blob salt) implements RootForm {

    public FromPassphrase {
      within("memory", kibibytes, 19_456, 262_144);
      within("iterations", iterations, 2, 16);
      within("lanes", lanes, 1, 16);
      within("salt", salt.length(), 16, 64);
    }

    /** The second of the two choices that RFC 9106 recommends, for machines of any size. */
    static FromPassphrase usual(Blob salt) {
      return new FromPassphrase(65_536, 3, 4, salt);
    }

    private static void within(String what, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException("Argon2id's " + what + " is out of bounds");
      }
    }

    @Override
    public RootKind kind() {
      return RootKind.PASSPHRASE;
    }

    @Override
    public String text() {
      return "passphrase argon2id %d %d %d %s"
          .formatted(kibibytes, iterations, lanes, salt.base64());
    }

    @Override
    public String shown() {
      return text();
    }
  }

  /**
   * A key of a token.
   *
   * @param label what the token calls it
   */
  record InToken(String label) implements RootForm {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public InToken {
      if (!LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException("not a label of ours");
      }
    }

    @Override
    public RootKind kind() {
      return RootKind.HSM;
    }

    @Override
    public String text() {
      return "hsm " + label;
    }

    @Override
    public String shown() {
      return text();
    }
  }

  /**
   * Reads the file's words.
   *
   * @throws IllegalArgumentException when they are not such
   */
  static RootForm parse(String text) {
    String[] words = text.split(" ", -1);
    RootForm form =
        switch (words[0] + "/" + words.length) {
          case "file/2" -> new InFile(Secret.of(Base64.getDecoder().decode(words[1])));
          case "passphrase/6" ->
              new FromPassphrase(
                  Integer.parseInt(words[2]),
                  Integer.parseInt(words[3]),
                  Integer.parseInt(words[4]),
                  Blob.of(Base64.getDecoder().decode(words[5])));
          case "hsm/2" -> new InToken(words[1]);
          default -> throw new IllegalArgumentException("no such root key");
        };
    // One way to write it only: numbers with signs, other hash functions and loose base64 are none.
    if (!form.text().equals(text)) {
      throw new IllegalArgumentException("no such root key");
    }
    return form;
  }
}
