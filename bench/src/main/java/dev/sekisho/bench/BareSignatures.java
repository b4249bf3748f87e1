package dev.sekisho.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * What signatures cost with the bare provider of cryptography and nothing around.
 *
 * <p>As many threads sign as there are processors: two that share a core slow one another down, and
 * the server that this is held against keeps them all busy.
 */
final class BareSignatures {

  private static final int BATCH = 64;

  private BareSignatures() {}

  /** Microseconds of processor time for one signature of 32 bytes. */
  static double cpuMicros(String keys, int bits, String algorithm, Duration time)
      throws GeneralSecurityException, InterruptedException {
    Provider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    KeyPairGenerator generator = KeyPairGenerator.getInstance(keys, provider);
    generator.initialize(bits);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    runOnAll(provider, algorithm, key, time.dividedBy(2));
    return runOnAll(provider, algorithm, key, time);
  }

  private static double runOnAll(Provider provider, String algorithm, PrivateKey key, Duration time)
      throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    DoubleAdder sum = new DoubleAdder();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      List<Callable<Void>> work =
          Collections.nCopies(
              processors,
              () -> {
                sum.add(run(provider, algorithm, key, time));
                return null;
              });
      for (Future<Void> done : threads.invokeAll(work)) {
        done.resultNow();
      }
    }
    return sum.sum() / processors;
  }

  private static double run(Provider provider, String algorithm, PrivateKey key, Duration time)
      throws GeneralSecurityException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    byte[] message = new byte[32];
    long begun = threads.getCurrentThreadCpuTime();
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < BATCH; i++) {
        Signature signature = Signature.getInstance(algorithm, provider);
        signature.initSign(key);
        signature.update(message);
        message[0] = signature.sign()[0];
        count++;
      }
    }
    return (threads.getCurrentThreadCpuTime() - begun) / 1e3 / count;
  }
}
