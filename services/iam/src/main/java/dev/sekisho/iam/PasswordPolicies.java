package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeleteAccountPasswordPolicyRequest;
import dev.sekisho.contract.iam.DeleteAccountPasswordPolicyResponse;
import dev.sekisho.contract.iam.GetAccountPasswordPolicyRequest;
import dev.sekisho.contract.iam.GetAccountPasswordPolicyResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.PasswordPolicy;
import dev.sekisho.contract.iam.UpdateAccountPasswordPolicyRequest;
import dev.sekisho.contract.iam.UpdateAccountPasswordPolicyResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The account's password policy: set as a whole, read, deleted. */
final class PasswordPolicies implements IamApi.PasswordPolicies {

  private final IamContext iam;

  PasswordPolicies(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<GetAccountPasswordPolicyResponse> getAccountPasswordPolicy(
      Call<GetAccountPasswordPolicyRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:GetAccountPasswordPolicy", "*"),
        _ -> {
          PasswordRules rules =
              iam.database()
                  .read(handle -> PasswordRules.of(handle, call.account()))
                  .orElseThrow(() ->
                      IamErrors.noSuchEntity(
                          "The Password Policy with domain name "
                              + call.account()
                              + " cannot be found."));
          return Outcome.answer(
              GetAccountPasswordPolicyResponse.builder()
                  .passwordPolicy(
                      PasswordPolicy.builder()
                          .minimumPasswordLength(rules.minimumLength())
                          .requireSymbols(rules.symbols())
                          .requireNumbers(rules.numbers())
                          .requireUppercaseCharacters(rules.uppercase())
                          .requireLowercaseCharacters(rules.lowercase())
                          .allowUsersToChangePassword(rules.usersMayChange())
                          .expirePasswords(rules.maximumAge() != null)
                          .maxPasswordAge(rules.maximumAge())
                          .passwordReusePrevention(rules.reusePrevention())
                          .hardExpiry(rules.hardExpiry())
                          .build())
                  .build());
        });
  }

  /** What is left out gets AWS's default, not what it was. */
  @Override
  public Guarded<UpdateAccountPasswordPolicyResponse> updateAccountPasswordPolicy(
      Call<UpdateAccountPasswordPolicyRequest> call) {
    UpdateAccountPasswordPolicyRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:UpdateAccountPasswordPolicy", "*"),
        _ ->
            Outcome.change(transaction -> {
              StoreTransaction.handle(transaction)
                  .createUpdate(
                      "insert into iam_password_policy (account, minimum_length, symbols, numbers,"
                          + " uppercase, lowercase, users_may_change, maximum_age,"
                          + " reuse_prevention, hard_expiry) values (:account, :length, :symbols,"
                          + " :numbers, :uppercase, :lowercase, :change, :age, :reuse, :hard)"
                          + " on conflict (account) do update set"
                          + " minimum_length = excluded.minimum_length,"
                          + " symbols = excluded.symbols, numbers = excluded.numbers,"
                          + " uppercase = excluded.uppercase, lowercase = excluded.lowercase,"
                          + " users_may_change = excluded.users_may_change,"
                          + " maximum_age = excluded.maximum_age,"
                          + " reuse_prevention = excluded.reuse_prevention,"
                          + " hard_expiry = excluded.hard_expiry")
                  .bind("account", call.account().value())
                  .bind(
                      "length",
                      Objects.requireNonNullElse(
                          input.minimumPasswordLength(), PasswordRules.SHORTEST))
                  .bind("symbols", flag(input.requireSymbols()))
                  .bind("numbers", flag(input.requireNumbers()))
                  .bind("uppercase", flag(input.requireUppercaseCharacters()))
                  .bind("lowercase", flag(input.requireLowercaseCharacters()))
                  .bind("change", flag(input.allowUsersToChangePassword()))
                  .bind("age", input.maxPasswordAge())
                  .bind("reuse", input.passwordReusePrevention())
                  .bind("hard", flag(input.hardExpiry()))
                  .execute();
              return UpdateAccountPasswordPolicyResponse.builder().build();
            }));
  }

  private static int flag(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value) ? 1 : 0;
  }

  @Override
  public Guarded<DeleteAccountPasswordPolicyResponse> deleteAccountPasswordPolicy(
      Call<DeleteAccountPasswordPolicyRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:DeleteAccountPasswordPolicy", "*"),
        _ ->
            Outcome.change(transaction -> {
              int gone =
                  StoreTransaction.handle(transaction)
                      .execute(
                          "delete from iam_password_policy where account = ?",
                          call.account().value());
              if (gone == 0) {
                throw IamErrors.noSuchEntity(
                    "The account policy with name PasswordPolicy cannot be found.");
              }
              return DeleteAccountPasswordPolicyResponse.builder().build();
            }));
  }
}
