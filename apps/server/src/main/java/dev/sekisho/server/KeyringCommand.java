package dev.sekisho.server;

import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.keyring.KeyringFile;
import dev.sekisho.crypto.keyring.KeyringPath;
import dev.sekisho.crypto.keyring.OpenKeyring;
import dev.sekisho.crypto.keyring.RootForm;
import dev.sekisho.crypto.keyring.RootKind;
import dev.sekisho.crypto.keyring.StoredKeyring;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code sekisho keyring …}: makes, shows and changes the keyring, beside nodes that run. They find
 * the change by themselves; nothing here needs them to stop.
 */
final class KeyringCommand {

  /** The longest that anything lives which is sealed and not stored: a session of 36 hours. */
  private static final Duration LONGEST_LIFE = Duration.ofHours(37);

  private final KeyringOptions options;
  private final StoredKeyring stored;
  private final RememberedRoot root;
  private final RememberedRoot freshRoot;
  private final Randomness randomness = Randomness.system();
  private final Instant now;
  private final PrintStream out;

  private KeyringCommand(KeyringOptions options, Instant now, PrintStream out) {
    this.options = options;
    this.stored = new StoredKeyring(options.storage().keyring(options.data()), randomness);
    this.root = new RememberedRoot(options.root(), null);
    this.freshRoot = new RememberedRoot(options.fresh(), root);
    this.now = now;
    this.out = out;
  }

  /**
   * Does what the arguments ask for.
   *
   * @throws IllegalArgumentException when they do not fit
   * @throws dev.sekisho.crypto.keyring.UnsealException when the keyring cannot be opened
   * @throws IllegalStateException when it must not be changed so
   */
  static void run(List<String> arguments, InstantSource clock, PrintStream out) {
    String verb = arguments.isEmpty() ? "" : arguments.getFirst();
    KeyringCommand command =
        new KeyringCommand(
            KeyringOptions.parse(
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size())),
            clock.instant(),
            out);
    switch (verb) {
      case "status" -> command.status();
      case "create" -> command.create();
      case "rotate" -> command.change(null);
      case "move" -> command.change(command.target());
      case "retire" -> command.retire();
      default ->
          throw new IllegalArgumentException(
              "keyring takes status, create, rotate, move or retire, not '" + verb + "'");
    }
  }

  private RootKind target() {
    RootKind to = options.to();
    if (to == null) {
      throw new IllegalArgumentException("this needs --to file, passphrase or hsm");
    }
    return to;
  }

  private void create() {
    RootKind kind = target();
    makeFolder();
    try (KeyringPath.Change _ = stored.file().change()) {
      if (stored.file().exists()) {
        throw new IllegalStateException("there is a keyring " + path() + " already");
      }
      if (values().isPresent()) {
        throw new IllegalStateException(
            "there is data already that another keyring has sealed; put that back");
      }
      stored.create(kind, freshRoot, now);
    }
    status();
  }

  private void makeFolder() {
    try {
      Path folder = path().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the keyring's folder cannot be made", failed);
    }
  }

  /** A new key under a new root key, of the same kind when none is named. */
  private void change(@Nullable RootKind to) {
    try (KeyringPath.Change _ = stored.file().change()) {
      OpenKeyring opened = open();
      if (opened.current(now) < opened.keys().lastKey()) {
        throw new IllegalStateException(
            "the keyring's newest key does not seal yet; wait for it, then change the keyring");
      }
      RootKind kind =
          to == null ? stored.header().map(file -> file.root().kind()).orElse(RootKind.FILE) : to;
      stored.replace(opened.withNewKey(randomness, now.plus(options.sealsIn())), kind, freshRoot);
    }
    status();
  }

  private OpenKeyring open() {
    if (!stored.file().exists()) {
      throw new IllegalStateException("there is no keyring " + path());
    }
    OpenKeyring opened = stored.open(root);
    var _ =
        options
            .storage()
            .inspect(
                options.data(),
                handle -> {
                  KeyringCheck.check(handle, opened.inUse(randomness, now), path());
                  return Boolean.TRUE;
                });
    return opened;
  }

  /**
   * Takes older keys out that are needed no more, and the ways by which nodes took new ones over.
   */
  private void retire() {
    try (KeyringPath.Change _ = stored.file().change()) {
      OpenKeyring opened = open();
      int current = opened.current(now);
      if (opened.keys().headMap(current).isEmpty() && opened.bridges().isEmpty()) {
        throw new IllegalStateException("there is no key to retire");
      }
      Map<Integer, Long> values = values().orElse(Map.of());
      for (int older : opened.keys().headMap(current).keySet()) {
        long left = values.getOrDefault(older, 0L);
        if (left > 0) {
          throw new IllegalStateException(
              "key "
                  + older
                  + " still seals "
                  + left
                  + " values; a running node seals them anew in the background");
        }
      }
      Instant due = sealsFrom(opened, current).plus(LONGEST_LIFE);
      boolean early = now.isBefore(due);
      if (early && !options.now()) {
        throw new IllegalStateException(
            "sessions that the older keys have sealed may live until "
                + due
                + "; retire the keys then, or end those sessions with --now");
      }
      Set<Integer> retired = new TreeSet<>(opened.keys().headMap(current).keySet());
      stored.replace(opened.without(retired), root);
    }
    status();
  }

  private static Instant sealsFrom(OpenKeyring opened, int number) {
    OpenKeyring.DatedKey key = opened.keys().get(number);
    return key == null ? Instant.EPOCH : key.sealsFrom();
  }

  private Optional<Map<Integer, Long>> values() {
    return options.storage().inspect(options.data(), SealedValues::count);
  }

  private Path path() {
    return stored.file().path();
  }

  private void status() {
    if (!stored.file().exists()) {
      throw new IllegalStateException("there is no keyring " + path());
    }
    Map<Integer, Long> values = values().orElse(Map.of());
    out.println("keyring   " + path());
    KeyringFile file = stored.header().orElse(null);
    if (file == null) {
      out.println("root key  file (first format: rotate to bring it up to date)");
      values.forEach((number, count) -> out.println("key " + number + "     " + count + " values"));
      return;
    }
    out.println("root key  " + shown(file.root()));
    for (KeyringFile.SealedKey key : file.keys()) {
      out.println(
          "key "
              + key.number()
              + "     seals "
              + (key.sealsFrom().isAfter(now) ? "from " : "since ")
              + key.sealsFrom()
              + ", "
              + values.getOrDefault(key.number(), 0L)
              + " values");
    }
    for (KeyringFile.Bridge bridge : file.bridges()) {
      out.println(
          "bridge    running nodes take key " + bridge.number() + " over by key " + bridge.by());
    }
  }

  private static String shown(RootForm root) {
    return switch (root) {
      case RootForm.InFile _ -> "file";
      case RootForm.FromPassphrase from ->
          "passphrase (Argon2id, %d MiB, %d iterations, %d lanes)"
              .formatted(from.kibibytes() / 1024, from.iterations(), from.lanes());
      case RootForm.InToken token -> "hsm (" + token.label() + ")";
    };
  }
}
