package dev.sekisho.kms;

import dev.sekisho.contract.kms.DecapsulateRequest;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DeriveSharedSecretRequest;
import dev.sekisho.contract.kms.EncapsulateRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateDataKeyRequest;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateMacRequest;
import dev.sekisho.contract.kms.GenerateRandomRequest;
import dev.sekisho.contract.kms.ReEncryptRequest;
import dev.sekisho.contract.kms.SignRequest;
import dev.sekisho.contract.kms.VerifyMacRequest;
import dev.sekisho.contract.kms.VerifyRequest;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns calls away that come faster than the caller's account may call.
 *
 * <p>Each quota of an account and Region is a bucket that fills as time goes by and holds what a
 * second brings, and one call at least. Cryptographic operations share one for each kind of key. A
 * process counts the calls that it serves itself.
 */
final class Throttle {

  private static final int BUCKETS = 10_000;

  private record Name(AccountId account, String region, String quota) {}

  private final RequestQuotas quotas;
  private final Keys keys;
  private final ConcurrentHashMap<Name, Bucket> buckets = new ConcurrentHashMap<>();

  Throttle(RequestQuotas quotas, Keys keys) {
    this.quotas = quotas;
    this.keys = keys;
  }

  /**
   * Returns when the call may go on.
   *
   * @throws ServiceException ThrottlingException otherwise
   */
  void admit(Call<?> call) {
    AccountId account = call.context().caller().principal().account();
    if (account == null) {
      return;
    }
    String quota = quota(call);
    double rate = quotas.of(quota, call.region());
    if (rate == Double.POSITIVE_INFINITY) {
      return;
    }
    if (buckets.size() >= BUCKETS) {
      buckets.clear();
    }
    boolean admitted =
        buckets
            .computeIfAbsent(
                new Name(account, call.region(), quota),
                _ -> new Bucket(rate, call.context().time()))
            .take(call.context().time());
    if (!admitted) {
      throw new ServiceException(
          "ThrottlingException",
          400,
          "You have exceeded the rate at which you may call KMS. Reduce the frequency of your"
              + " calls.");
    }
  }

  private String quota(Call<?> call) {
    return switch (call.input()) {
      case EncryptRequest input -> ofKey(call, input.keyId());
      case DecryptRequest input -> ofKey(call, input.keyId());
      case ReEncryptRequest input -> ofKey(call, input.destinationKeyId());
      case SignRequest input -> ofKey(call, input.keyId());
      case VerifyRequest input -> ofKey(call, input.keyId());
      case DeriveSharedSecretRequest input -> ofKey(call, input.keyId());
      case EncapsulateRequest input -> ofKey(call, input.keyId());
      case DecapsulateRequest input -> ofKey(call, input.keyId());
      case GenerateDataKeyRequest _, GenerateDataKeyWithoutPlaintextRequest _ ->
          RequestQuotas.SYMMETRIC;
      case GenerateMacRequest _, VerifyMacRequest _, GenerateRandomRequest _ ->
          RequestQuotas.SYMMETRIC;
      case GenerateDataKeyPairRequest input -> RequestQuotas.PAIRS + input.keyPairSpec();
      case GenerateDataKeyPairWithoutPlaintextRequest input ->
          RequestQuotas.PAIRS + input.keyPairSpec();
      default -> call.context().operation();
    };
  }

  /** A call that names no key, or none that is there, counts as one of a symmetric key. */
  private String ofKey(Call<?> call, @Nullable String keyId) {
    KeySpec spec = keyId == null ? null : keys.specOf(call, keyId);
    return spec == null
        ? RequestQuotas.SYMMETRIC
        : switch (spec) {
          case SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> RequestQuotas.SYMMETRIC;
          case RSA_2048, RSA_3072, RSA_4096 -> RequestQuotas.RSA;
          case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> RequestQuotas.ECC;
          case ECC_SECG_P256K1, ECC_NIST_EDWARDS25519 -> RequestQuotas.ECC;
          case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> RequestQuotas.ML;
          case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> RequestQuotas.ML;
          case SM2 -> RequestQuotas.SM;
        };
  }

  /** What is left of a quota. */
  private static final class Bucket {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final double rate;
    private final double capacity;
    private double left;
    private Instant filled;

    Bucket(double rate, Instant now) {
      this.rate = rate;
      this.capacity = Math.max(1, rate);
      this.left = capacity;
      this.filled = now;
    }

    synchronized boolean take(Instant now) {
      // Calls are timed before they come here, so one may be older than the last.
      if (now.isAfter(filled)) {
        left = Math.min(capacity, left + rate * (Duration.between(filled, now).toNanos() / SECOND));
        filled = now;
      }
      if (left < 1) {
        return false;
      }
      left--;
      return true;
    }
  }
}
