package dev.sekisho.server.tail;

import dev.sekisho.events.EventFollower;
import dev.sekisho.store.PostgresAddress;
import dev.sekisho.store.ReadOnlyDatabase;
import dev.sekisho.store.StoreOpenException;
import dev.sekisho.store.StoreUnavailableException;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The command {@code tail}. */
public final class Main {

  /** Another process writes the log, and there is nothing to be woken by; so it is looked at. */
  private static final long NANOS_BETWEEN_LOOKS = 200_000_000;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), InstantSource.system().instant()));
  }

  private static int run(List<String> arguments, Instant now) {
    TailOptions options;
    try {
      options = TailOptions.parse(arguments, now);
    } catch (IllegalArgumentException refused) {
      System.err.println("sekisho tail: " + refused.getMessage());
      return 2;
    }
    try (ReadOnlyDatabase database = open(options)) {
      Tail tail =
          new Tail(
              EventFollower.from(database, options.since()), options, coloured(options), out());
      boolean read = tail.show();
      while (read && options.follow()) {
        LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
        read = tail.show();
      }
      return 0;
    } catch (StoreOpenException | StoreUnavailableException | IllegalStateException refused) {
      System.err.println("sekisho tail: " + refused.getMessage());
      return 1;
    }
  }

  private static ReadOnlyDatabase open(TailOptions options) {
    PostgresAddress address = options.storage().address();
    return address == null
        ? ReadOnlyDatabase.open(options.data().resolve("sekisho.db"))
        : ReadOnlyDatabase.open(address);
  }

  private static boolean coloured(TailOptions options) {
    return switch (options.colour()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> isTerminal() && System.getenv("NO_COLOR") == null;
    };
  }

  @SuppressWarnings("SystemConsoleNull") // Seen to be null on JDK 25 when output goes to a pipe.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static PrintStream out() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  }
}
