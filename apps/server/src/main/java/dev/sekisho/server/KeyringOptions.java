package dev.sekisho.server;

import dev.sekisho.crypto.keyring.RootKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code keyring} asks for.
 *
 * @param storage where things are, and how to get at the root key there is
 * @param fresh how to get at the new root key, as far as it differs
 * @param to the kind of the new root key; null for the kind there is
 * @param sealsIn after what time a new key begins to seal
 * @param now whether keys may be retired before what they sealed outside the store has expired
 */
record KeyringOptions(
    Path data,
    Storage storage,
    RootOptions fresh,
    @Nullable RootKind to,
    Duration sealsIn,
    boolean now) {

  static KeyringOptions parse(List<String> arguments) {
    KeyringOptions options =
        new KeyringOptions(
            Options.usual().data(),
            Storage.IN_FOLDER,
            RootOptions.none("--new-"),
            null,
            Duration.ZERO,
            false);
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (name.equals("--now")) {
        options =
            new KeyringOptions(
                options.data, options.storage, options.fresh, options.to, options.sealsIn, true);
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " is unknown or lacks its value");
      }
      options = options.with(name, arguments.get(++i));
    }
    options.storage.check();
    return options;
  }

  private KeyringOptions with(String name, String value) {
    return switch (name) {
      case "--data" -> new KeyringOptions(Path.of(value), storage, fresh, to, sealsIn, now);
      case "--to" -> new KeyringOptions(data, storage, fresh, RootKind.named(value), sealsIn, now);
      case "--seals-in" -> new KeyringOptions(data, storage, fresh, to, duration(value), now);
      default -> {
        RootOptions newRoot = fresh.with(name, value);
        Storage more = newRoot == null ? storage.with(name, value) : storage;
        if (more == null) {
          throw new IllegalArgumentException("unknown option " + name);
        }
        yield new KeyringOptions(data, more, newRoot == null ? fresh : newRoot, to, sealsIn, now);
      }
    };
  }

  private static Duration duration(String value) {
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException notOne) {
      // The same refusal as for a negative one.
    }
    throw new IllegalArgumentException("--seals-in takes a duration such as PT10M, not " + value);
  }

  /** How to get at the root key there is. */
  RootOptions root() {
    return storage.root() instanceof RootOptions known ? known : RootOptions.none("--");
  }
}
