package dev.sekisho.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who carries out an algorithm: Corretto's provider where it is healthy, else the JDK's, and Bouncy
 * Castle for what neither has.
 *
 * <p>INVARIANT: a provider is always handed over as an object; none is installed for the process.
 *
 * <p>Corretto's native code is loaded and tests itself beside the start, which need not wait for
 * it: until it is ready the JDK does the work, with the same results.
 */
final class Providers {

  /** How an algorithm is asked for, for example {@code Cipher::getInstance}. */
  @FunctionalInterface
  interface Factory<T> {
    T get(String algorithm, Provider provider) throws GeneralSecurityException;
  }

  /** A system property: {@code off} leaves Corretto's provider alone. */
  private static final String SWITCH = "sekisho.corretto";

  private static final CompletableFuture<@Nullable Provider> CORRETTO = new CompletableFuture<>();

  /** The JDK's own; whatever else an administrator has put into java.security is not asked. */
  private static final List<Provider> JDK =
      List.of(jdk("SunJCE"), jdk("SunEC"), jdk("SunRsaSign"), jdk("SUN"));

  private static final class Bouncy {
    static final Provider CASTLE = new BouncyCastleProvider();
  }

  static {
    Thread.ofPlatform().daemon().name("corretto").start(() -> CORRETTO.complete(loadCorretto()));
  }

  private Providers() {}

  /**
   * An algorithm from the fastest provider that has it.
   *
   * @param type as providers call it, for example {@code Cipher}
   */
  static <T> T fastest(String type, String algorithm, Factory<T> factory)
      throws GeneralSecurityException {
    Provider corretto = CORRETTO.getNow(null);
    if (corretto != null && corretto.getService(type, algorithm) != null) {
      return factory.get(algorithm, corretto);
    }
    int slash = algorithm.indexOf('/');
    String family = slash < 0 ? algorithm : algorithm.substring(0, slash);
    for (Provider provider : JDK) {
      if (provider.getService(type, family) != null) {
        return factory.get(algorithm, provider);
      }
    }
    return factory.get(algorithm, Bouncy.CASTLE);
  }

  /** An algorithm from Corretto's provider, else from Bouncy Castle: for what the JDK lacks. */
  static <T> T beyondJdk(String type, String algorithm, Factory<T> factory)
      throws GeneralSecurityException {
    Provider corretto = CORRETTO.getNow(null);
    return corretto != null && corretto.getService(type, algorithm) != null
        ? factory.get(algorithm, corretto)
        : factory.get(algorithm, Bouncy.CASTLE);
  }

  /** An algorithm from Bouncy Castle. */
  static <T> T bouncyCastle(String algorithm, Factory<T> factory) throws GeneralSecurityException {
    return factory.get(algorithm, Bouncy.CASTLE);
  }

  /** Whether it is Corretto's, which has names of its own for some algorithms. */
  static boolean isCorretto(Provider provider) {
    return provider instanceof AmazonCorrettoCryptoProvider;
  }

  /** Waits until it is known whether Corretto's provider is healthy. */
  static boolean awaitCorretto() {
    return CORRETTO.join() != null;
  }

  private static @Nullable Provider loadCorretto() {
    if ("off".equals(System.getProperty(SWITCH))) {
      return null;
    }
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      boolean healthy =
          corretto.getLoadingError() == null && corretto.runSelfTests() == SelfTestStatus.PASSED;
      return healthy ? corretto : null;
    } catch (LinkageError | RuntimeException notForThisMachine) {
      return null;
    }
  }

  private static Provider jdk(String name) {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new IllegalStateException("this Java lacks its provider " + name);
    }
    return provider;
  }
}
