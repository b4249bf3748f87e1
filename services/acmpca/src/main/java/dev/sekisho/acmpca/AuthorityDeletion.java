package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.DeleteCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.DeleteCertificateAuthorityResponse;
import dev.sekisho.contract.acmpca.RestoreCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.RestoreCertificateAuthorityResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Deletes authorities, after a time in which they can be restored. */
final class AuthorityDeletion implements AcmPcaApi.AuthorityDeletion {

  private static final int USUAL_DAYS = 30;
  private static final int BATCH = 20;

  private final AuthorityWork work;
  private final AuthorityKeys keys;

  AuthorityDeletion(AuthorityWork work, AuthorityKeys keys) {
    this.work = work;
    this.keys = keys;
  }

  @Override
  public Guarded<DeleteCertificateAuthorityResponse> deleteCertificateAuthority(
      Call<DeleteCertificateAuthorityRequest> call) {
    DeleteCertificateAuthorityRequest input = call.input();
    int days = Objects.requireNonNullElse(input.permanentDeletionTimeInDays(), USUAL_DAYS);
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) ->
            Outcome.change(transaction -> {
              Instant now = work.context().now();
              String status = AuthorityWork.again(transaction, authority).statusAt(now);
              if (status.equals("ACTIVE")) {
                throw AcmPcaErrors.wrongState(authority, status);
              }
              AuthorityStore.setDeletion(
                  transaction, authority.arn(), now.plus(Duration.ofDays(days)), now);
              AuthorityStore.setListsDue(transaction, authority.arn(), null);
              return DeleteCertificateAuthorityResponse.builder().build();
            }));
  }

  @Override
  public Guarded<RestoreCertificateAuthorityResponse> restoreCertificateAuthority(
      Call<RestoreCertificateAuthorityRequest> call) {
    return work.onAny(
        call,
        call.input().certificateAuthorityArn(),
        Map.of(),
        (_, authority) -> {
          Instant now = work.context().now();
          if (!authority.isDeleted()) {
            throw AcmPcaErrors.wrongState(authority, authority.statusAt(now));
          }
          return Outcome.change(transaction -> {
            AuthorityStore.setDeletion(transaction, authority.arn(), null, now);
            boolean lists = authority.lists() != null && authority.own() != null;
            AuthorityStore.setListsDue(transaction, authority.arn(), lists ? now : null);
            return RestoreCertificateAuthorityResponse.builder().build();
          });
        });
  }

  /** Removes for good what nobody has restored in time, the keys above all. */
  void sweep(Instant now) {
    List<String> gone;
    do {
      gone = work.context().database().read(handle -> AuthorityStore.gone(handle, now, BATCH));
      for (String arn : gone) {
        work.context()
            .database()
            .write(transaction -> {
              AuthorityStore.delete(transaction, arn);
              return arn;
            });
        keys.forget(arn);
      }
    } while (gone.size() == BATCH);
  }
}
