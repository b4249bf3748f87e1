package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.ExpiryEventsConfiguration;
import dev.sekisho.contract.acm.GetAccountConfigurationRequest;
import dev.sekisho.contract.acm.GetAccountConfigurationResponse;
import dev.sekisho.contract.acm.PutAccountConfigurationRequest;
import dev.sekisho.contract.acm.PutAccountConfigurationResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;

/** How long before its end a certificate's expiry is told. */
final class AccountConfiguration implements AcmApi.AccountConfiguration {

  private static final int USUAL_DAYS = 45;

  private final CertificateWork work;

  AccountConfiguration(CertificateWork work) {
    this.work = work;
  }

  @Override
  public Guarded<GetAccountConfigurationResponse> getAccountConfiguration(
      Call<GetAccountConfigurationRequest> call) {
    return Guarded.by(
        AccessCheck.of("acm:GetAccountConfiguration", "*"),
        _ ->
            Outcome.answer(
                GetAccountConfigurationResponse.builder()
                    .expiryEvents(
                        ExpiryEventsConfiguration.builder().daysBeforeExpiry(days(call)).build())
                    .build()));
  }

  private int days(Call<?> call) {
    return work.context()
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "select expiry_days from acm_account where account = :account"
                        + " and region = :region")
                .bind("account", call.account().value())
                .bind("region", call.region())
                .mapTo(Integer.class)
                .findOne())
        .orElse(USUAL_DAYS);
  }

  @Override
  public Guarded<PutAccountConfigurationResponse> putAccountConfiguration(
      Call<PutAccountConfigurationRequest> call) {
    ExpiryEventsConfiguration events = call.input().expiryEvents();
    Integer days = events == null ? null : events.daysBeforeExpiry();
    return Guarded.by(
        AccessCheck.of("acm:PutAccountConfiguration", "*"),
        _ -> {
          if (days != null && days > USUAL_DAYS) {
            throw AcmErrors.validation("DaysBeforeExpiry can be at most " + USUAL_DAYS + ".");
          }
          return Outcome.change(transaction -> {
            if (days != null) {
              StoreTransaction.handle(transaction)
                  .execute(
                      "insert into acm_account (account, region, expiry_days) values (?, ?, ?)"
                          + " on conflict (account, region) do update set"
                          + " expiry_days = excluded.expiry_days",
                      call.account().value(),
                      call.region(),
                      days);
            }
            return PutAccountConfigurationResponse.builder().build();
          });
        });
  }
}
