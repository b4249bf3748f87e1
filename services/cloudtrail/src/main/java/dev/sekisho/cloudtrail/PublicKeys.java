package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.ListPublicKeysRequest;
import dev.sekisho.contract.cloudtrail.ListPublicKeysResponse;
import dev.sekisho.contract.cloudtrail.PublicKey;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Shows the public halves of the keys that sign digests. */
final class PublicKeys implements CloudTrailApi.PublicKeys {

  private final CloudTrailContext context;

  PublicKeys(CloudTrailContext context) {
    this.context = context;
  }

  @Override
  public Guarded<ListPublicKeysResponse> listPublicKeys(Call<ListPublicKeysRequest> call) {
    return Guarded.by(
        AccessCheck.of("cloudtrail:ListPublicKeys", "*"), _ -> Outcome.answer(listed(call)));
  }

  private ListPublicKeysResponse listed(Call<ListPublicKeysRequest> call) {
    if (call.input().nextToken() != null) {
      throw CloudTrailErrors.invalidToken();
    }
    Instant now = call.context().time();
    Instant from = Objects.requireNonNullElse(call.input().startTime(), now);
    Instant to = Objects.requireNonNullElse(call.input().endTime(), now);
    if (from.isAfter(to)) {
      throw CloudTrailErrors.invalidTimeRange("The start time must not be after the end time.");
    }
    List<RegionKeys.Shown> keys =
        context.database().read(handle -> RegionKeys.valid(handle, call.region(), from, to));
    return ListPublicKeysResponse.builder()
        .publicKeyList(
            keys.stream()
                .map(key ->
                    PublicKey.builder()
                        .value(key.pkcs1())
                        .fingerprint(key.fingerprint())
                        .validityStartTime(key.from())
                        .validityEndTime(key.to())
                        .build())
                .toList())
        .build();
  }
}
