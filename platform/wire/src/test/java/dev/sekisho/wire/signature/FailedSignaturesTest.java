package dev.sekisho.wire.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FailedSignaturesTest {

  private static final SignatureFailure WRONG =
      new SignatureFailure(SignatureFailure.Kind.MISMATCH, "wrong");

  private final AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH);
  private final List<Duration> held = new ArrayList<>();

  private static Claim claim(String key) {
    Claim claim =
        Claim.of(
            new WireRequest(
                "POST",
                "/",
                "",
                Headers.of(
                    List.of(
                        Map.entry("host", "localhost"),
                        Map.entry("x-amz-date", "20260101T000000Z"),
                        Map.entry(
                            "authorization",
                            "AWS4-HMAC-SHA256 Credential="
                                + key
                                + "/20260101/us-east-1/sts/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature="
                                + "0".repeat(64)))),
                Blob.of(new byte[0]),
                "127.0.0.1",
                false));
    assertThat(claim).isInstanceOf(Claim.Signed.class);
    return claim;
  }

  private FailedSignatures failures() {
    return new FailedSignatures(time::get, held::add);
  }

  @Test
  void theFirstFailuresCostNothingAndFurtherOnesMoreAndMore() {
    FailedSignatures failures = failures();
    for (int i = 0; i < 20; i++) {
      assertThat(failures.failed("10.0.0.1", claim("AKIAONE"), WRONG)).isSameAs(WRONG);
    }
    assertThat(held).isEmpty();

    for (int i = 0; i < 8; i++) {
      assertThat(failures.failed("10.0.0.1", claim("AKIAONE"), WRONG)).isSameAs(WRONG);
    }

    assertThat(held)
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
  }

  @Test
  void anotherSourceAndAnotherKeyAreNotSlowed() {
    FailedSignatures failures = failures();
    for (int i = 0; i < 30; i++) {
      failures.failed("10.0.0.1", claim("AKIAONE"), WRONG);
    }
    held.clear();

    failures.failed("10.0.0.2", claim("AKIAONE"), WRONG);
    failures.failed("10.0.0.1", claim("AKIATWO"), WRONG);

    assertThat(held).isEmpty();
  }

  @Test
  void manyKeysFromOneSourceAreSlowedAsWell() {
    FailedSignatures failures = failures();
    for (int i = 0; i < 203; i++) {
      failures.failed("10.0.0.1", claim("AKIA" + i), WRONG);
    }

    assertThat(held).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L);
  }

  @Test
  void aQuietMinuteForgets() {
    FailedSignatures failures = failures();
    for (int i = 0; i < 25; i++) {
      failures.failed("10.0.0.1", claim("AKIAONE"), WRONG);
    }
    held.clear();
    time.set(Instant.EPOCH.plusSeconds(61));

    failures.failed("10.0.0.1", claim("AKIAONE"), WRONG);

    assertThat(held).isEmpty();
  }

  @Test
  void whatIsNoGuessIsNotCounted() {
    FailedSignatures failures = failures();
    SignatureFailure expired = new SignatureFailure(SignatureFailure.Kind.EXPIRED_TOKEN, "expired");
    for (int i = 0; i < 300; i++) {
      assertThat(failures.failed("10.0.0.1", claim("AKIAONE"), expired)).isSameAs(expired);
      assertThat(failures.failed("10.0.0.1", new Claim.Unsigned(), WRONG)).isSameAs(WRONG);
    }

    assertThat(held).isEmpty();
  }

  @Test
  void whileManyAreHeldTheKeyIsRefusedUnseenFromThatSourceOnly() throws Exception {
    CountDownLatch arrived = new CountDownLatch(8);
    CountDownLatch release = new CountDownLatch(1);
    FailedSignatures failures =
        new FailedSignatures(
            time::get,
            _ -> {
              arrived.countDown();
              try {
                release.await();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
    for (int i = 0; i < 20; i++) {
      failures.failed("10.0.0.1", claim("AKIAONE"), WRONG);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SignatureFailure>> guesses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        guesses.add(threads.submit(() -> failures.failed("10.0.0.1", claim("AKIAONE"), WRONG)));
      }
      arrived.await();

      assertThatThrownBy(() -> failures.admit("10.0.0.1", claim("AKIAONE")))
          .isInstanceOfSatisfying(
              SignatureFailure.class,
              refused ->
                  assertThat(refused.kind()).isEqualTo(SignatureFailure.Kind.TOO_MANY_FAILURES));
      assertThat(failures.failed("10.0.0.1", claim("AKIAONE"), WRONG).kind())
          .isEqualTo(SignatureFailure.Kind.TOO_MANY_FAILURES);
      assertThatCode(() -> failures.admit("10.0.0.2", claim("AKIAONE"))).doesNotThrowAnyException();
      assertThatCode(() -> failures.admit("10.0.0.1", claim("AKIATWO"))).doesNotThrowAnyException();

      release.countDown();
      for (Future<SignatureFailure> guess : guesses) {
        assertThat(guess.get()).isSameAs(WRONG);
      }
    }
    assertThatCode(() -> failures.admit("10.0.0.1", claim("AKIAONE"))).doesNotThrowAnyException();
  }

  /**
   * Hundreds of thousands of sources leave no more behind than fits, and do not grow slower and
   * slower.
   */
  @Test
  void memoryIsBounded() {
    FailedSignatures failures = failures();
    for (int i = 0; i < 300_000; i++) {
      failures.failed("source " + i, claim("AKIAONE"), WRONG);
    }

    assertThat(failures.remembered()).isLessThanOrEqualTo(10_000);
    assertThat(held).isEmpty();
  }
}
