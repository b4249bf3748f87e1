package dev.sekisho.acm;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.store.StoreTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What every operation on a certificate begins with: finding it and asking whether it may be. */
final class CertificateWork {

  private static final String RESOURCE = "certificate/";

  private final AcmContext context;

  CertificateWork(AcmContext context) {
    this.context = context;
  }

  AcmContext context() {
    return context;
  }

  /** The ARN of a new certificate. */
  String newArn(Call<?> call) {
    return Arn.of(
            "acm", call.region(), call.account().value(), RESOURCE + context.randomness().uuid())
        .toString();
  }

  /**
   * An operation on a certificate.
   *
   * @param more condition keys of this operation
   */
  <O> Guarded<O> on(
      Call<?> call,
      String arn,
      Map<String, List<String>> more,
      BiFunction<Authorized, StoredCertificate, Outcome<O>> work) {
    AccountId owner = owner(call, arn);
    Optional<StoredCertificate> found =
        context.database().read(handle -> CertificateStore.find(handle, arn));
    return Guarded.by(
        check(call, arn, owner, found.isPresent(), more),
        authorized ->
            work.apply(authorized, found.orElseThrow(() -> AcmErrors.noCertificate(arn))));
  }

  <O> Guarded<O> on(
      Call<?> call, String arn, BiFunction<Authorized, StoredCertificate, Outcome<O>> work) {
    return on(call, arn, Map.of(), work);
  }

  /** The certificate as it is within the transaction. */
  static StoredCertificate again(Transaction transaction, StoredCertificate certificate) {
    return CertificateStore.find(StoreTransaction.handle(transaction), certificate.arn())
        .orElseThrow(() -> AcmErrors.noCertificate(certificate.arn()));
  }

  private static AccountId owner(Call<?> call, String text) {
    try {
      Arn arn = Arn.parse(text);
      if (arn.service().equals("acm")
          && arn.region().equals(call.region())
          && arn.resource().startsWith(RESOURCE)
          && AccountId.isValid(arn.account())) {
        return new AccountId(arn.account());
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, as all that is no certificate's ARN.
    }
    throw AcmErrors.invalidArn(text);
  }

  private AccessCheck check(
      Call<?> call, String arn, AccountId owner, boolean there, Map<String, List<String>> more) {
    Map<String, List<String>> conditions = new HashMap<>(more);
    conditions.put("aws:ResourceAccount", List.of(owner.value()));
    if (there) {
      context
          .database()
          .read(handle -> CertificateTags.TABLE.of(handle, arn))
          .forEach((key, value) -> conditions.put("aws:ResourceTag/" + key, List.of(value)));
    }
    return new AccessCheck("acm:" + call.context().operation(), arn, owner, conditions, null);
  }

  /** Where a listing goes on; null for the beginning. */
  @Nullable String open(String list, @Nullable String token) {
    if (token == null) {
      return null;
    }
    try {
      return context.pages().open(list, token);
    } catch (CryptoException foreign) {
      throw AcmErrors.validation("The pagination token is not valid.");
    }
  }
}
