package dev.sekisho.iam;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Registers the tokens that an administrator has bought, so that EnableMFADevice knows their seeds.
 *
 * <p>AWS gets the seeds from the maker; here they come from the maker's list. A token is registered
 * once; what is registered is not changed, for whoever uses it must not get another seed unseen.
 */
public final class HardwareTokens {

  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_+=/,.@-]{9,256}");
  private static final int SHORTEST_SEED = 16;
  private static final int LONGEST_SEED = 128;

  /** A token by its serial number, as it is printed on it. */
  private record Token(String serial, Secret seed) {}

  private final Database database;
  private final MfaDeviceStore store;
  private final InstantSource clock;

  public HardwareTokens(Database database, Keyring keyring, InstantSource clock) {
    this.database = database;
    this.store = new MfaDeviceStore(keyring);
    this.clock = clock;
  }

  /**
   * Registers the tokens of the list, all or none.
   *
   * @param lines a serial number and a Base32 seed each; empty lines and those that begin with
   *     {@code #} are passed over
   * @return how many were not registered yet
   * @throws IllegalArgumentException with the number of the line that cannot be read; never with
   *     what is in it
   */
  public int register(List<String> lines) {
    List<Token> tokens = read(lines);
    return database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      int registered = 0;
      for (Token token : tokens) {
        Optional<MfaDevice> present = MfaDeviceStore.find(handle, token.serial());
        if (present.isEmpty()) {
          store.insert(
              handle,
              new MfaDevice(
                  token.serial(),
                  null,
                  MfaDevice.Kind.HARDWARE,
                  null,
                  clock.instant(),
                  null,
                  0,
                  -1),
              token.seed());
          registered++;
        } else if (!store.seed(handle, token.serial()).equals(token.seed())) {
          throw new IllegalArgumentException(
              "token " + token.serial() + " is registered with another seed");
        }
      }
      return registered;
    });
  }

  private static List<Token> read(List<String> lines) {
    List<Token> tokens = new ArrayList<>();
    Set<String> serials = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s+", 2);
      if (parts.length != 2
          || !SERIAL.matcher(parts[0]).matches()
          || parts[0].startsWith("arn:")
          || !serials.add(parts[0])) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + " must hold a serial number, given once, and a seed");
      }
      tokens.add(new Token(parts[0], seed(parts[1], i + 1)));
    }
    return tokens;
  }

  private static Secret seed(String text, int line) {
    Secret seed;
    try {
      seed = Base32.decode(text);
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException("the seed in line " + line + " is not Base32");
    }
    if (seed.length() < SHORTEST_SEED || seed.length() > LONGEST_SEED) {
      throw new IllegalArgumentException(
          "the seed in line "
              + line
              + " must have "
              + SHORTEST_SEED
              + " to "
              + LONGEST_SEED
              + " bytes");
    }
    return seed;
  }
}
