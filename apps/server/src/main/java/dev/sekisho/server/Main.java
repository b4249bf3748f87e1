package dev.sekisho.server;

import dev.sekisho.crypto.keyring.UnsealException;
import dev.sekisho.store.StoreOpenException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program's entry: starts, says so in one line, and runs until it is told to stop. */
public final class Main {

  /** Held here, for a logger nobody holds forgets its level. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private Main() {}

  /** The only argument of a run that trains the JVM's cache, see {@link TrainingRun}. */
  private static final String TRAIN = "--train";

  /** The first argument of the commands on the keyring. */
  private static final String KEYRING = "keyring";

  /** How the program ends when the keyring cannot be opened. */
  private static final int SEALED = 3;

  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).equals(List.of(TRAIN))) {
      TrainingRun.run(InstantSource.system());
      return;
    }
    JETTY.setLevel(Level.WARNING);
    Options options;
    Sekisho sekisho;
    try {
      if (arguments.length > 0 && arguments[0].equals(KEYRING)) {
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        KeyringCommand.run(rest, InstantSource.system(), System.out);
        return;
      }
      options = Options.parse(List.of(arguments));
      sekisho = Sekisho.start(options, InstantSource.system());
    } catch (UnsealException sealed) {
      refuse(sealed, SEALED);
      return;
    } catch (IllegalArgumentException | IllegalStateException | StoreOpenException refused) {
      refuse(refused, 1);
      return;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  sekisho.close();
                  stopped.countDown();
                }));
    System.out.println("ready " + sekisho.address());
    System.out.println("enforced: signatures, policies, audit (data in " + options.data() + ")");
    if (options.dev()) {
      System.out.println("DEVELOPMENT MODE: state can be reset and the clock moved; loopback only");
    }
    System.out.println(
        "connect: AWS_CONFIG_FILE="
            + options.data().resolve("config")
            + " AWS_SHARED_CREDENTIALS_FILE="
            + options.data().resolve("credentials")
            + " AWS_PROFILE=sekisho aws sts get-caller-identity");
    stopped.await();
  }

  private static void refuse(RuntimeException why, int exit) {
    System.err.println("sekisho: " + why.getMessage());
    System.exit(exit);
  }
}
