package dev.sekisho.bench;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CiphertextBlob;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** KMS ciphertexts of 32 bytes with an encryption context of one pair. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CiphertextBenchmark {

  private static final String MATERIAL = "0123456789abcdef".repeat(4);
  private static final Map<String, String> CONTEXT = Map.of("purpose", "benchmark");

  private final Randomness randomness = Randomness.system();
  private final Secret material = Secret.of(randomness.bytes(32));
  private final byte[] plaintext = randomness.bytes(32);
  private final byte[] ciphertext =
      CiphertextBlob.encrypt(MATERIAL, material, CONTEXT, plaintext, randomness);

  @Benchmark
  public byte[] encrypt() {
    return CiphertextBlob.encrypt(MATERIAL, material, CONTEXT, plaintext, randomness);
  }

  @Benchmark
  public byte[] decrypt() {
    return CiphertextBlob.parse(ciphertext).decrypt(material, CONTEXT);
  }
}
