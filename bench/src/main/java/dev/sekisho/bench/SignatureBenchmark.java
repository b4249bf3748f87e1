package dev.sekisho.bench;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Principal;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.Secret;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.FailedSignatures;
import dev.sekisho.wire.signature.PayloadRule;
import dev.sekisho.wire.signature.RequestSigner;
import dev.sekisho.wire.signature.SignatureVerifier;
import dev.sekisho.wire.signature.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Reading and checking the signature of a KMS call of 64 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SignatureBenchmark {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Secret SECRET = Secret.of("bench-secret-that-opens-nothing-01234567");
  private static final byte[] BODY =
      "{\"KeyId\":\"alias/bench\",\"Plaintext\":\"c2VjcmV0IG9mIHRoZSBiZW5jaA==\"}"
          .getBytes(StandardCharsets.UTF_8);
  private static final PrincipalResolver.Resolution KNOWN =
      new PrincipalResolver.Resolution.Known(
          new Caller(new Principal.Root(new AccountId("123456789012")), "AKIABENCH", null), SECRET);

  private final SignatureVerifier verifier =
      new SignatureVerifier((_, _) -> KNOWN, InstantSource.fixed(NOW));
  private final FailedSignatures failures = new FailedSignatures(InstantSource.fixed(NOW));
  private final WireRequest request = signed();

  private static WireRequest signed() {
    Map<String, String> headers =
        new RequestSigner("AKIABENCH", SECRET, null)
            .post(
                "127.0.0.1:4566",
                "us-east-1",
                "kms",
                NOW,
                Map.of(
                    "content-type",
                    "application/x-amz-json-1.1",
                    "x-amz-target",
                    "TrentService.Encrypt"),
                BODY);
    return new WireRequest(
        "POST",
        "/",
        "",
        Headers.of(List.copyOf(headers.entrySet())),
        Blob.of(BODY),
        "127.0.0.1",
        false);
  }

  @Benchmark
  public Verified verify() {
    return verify(Claim.of(request));
  }

  /** The same behind the gate that slows guessers, which nobody is at. */
  @Benchmark
  public Verified verifyAdmitted() {
    Claim claim = Claim.of(request);
    failures.admit(request.remoteAddress(), claim);
    return verify(claim);
  }

  private Verified verify(Claim claim) {
    return verifier.verify(
        request, claim, "kms", Set.of("us-east-1"), Duration.ofMinutes(5), PayloadRule.SIGNED);
  }
}
