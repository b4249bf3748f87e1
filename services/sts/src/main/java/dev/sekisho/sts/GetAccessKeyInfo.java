package dev.sekisho.sts;

import dev.sekisho.contract.sts.GetAccessKeyInfoRequest;
import dev.sekisho.contract.sts.GetAccessKeyInfoResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccessKeyId;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.ServiceException;
import java.util.Optional;

/** Says whose account an access key belongs to, whether the key is there or not. */
final class GetAccessKeyInfo implements StsApi.GetAccessKeyInfo {

  private final PrincipalResolver keys;

  /**
   * @param keys knows the keys of before ids told their account
   */
  GetAccessKeyInfo(PrincipalResolver keys) {
    this.keys = keys;
  }

  @Override
  public Guarded<GetAccessKeyInfoResponse> getAccessKeyInfo(Call<GetAccessKeyInfoRequest> call) {
    String id = call.input().accessKeyId();
    return Guarded.by(
        AccessCheck.of("sts:GetAccessKeyInfo", "*"),
        _ ->
            Outcome.answer(
                GetAccessKeyInfoResponse.builder()
                    .account(
                        known(id)
                            .or(() -> AccessKeyId.account(id))
                            .orElseThrow(GetAccessKeyInfo::unknown)
                            .value())
                    .build()));
  }

  private Optional<AccountId> known(String id) {
    return keys.resolve(id, null) instanceof Resolution.Known(var caller, _)
        ? Optional.ofNullable(caller.principal().account())
        : Optional.empty();
  }

  private static ServiceException unknown() {
    return new ServiceException(
        "InvalidClientTokenId", 403, "The security token included in the request is invalid.");
  }
}
