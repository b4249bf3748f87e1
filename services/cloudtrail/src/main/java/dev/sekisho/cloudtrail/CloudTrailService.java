package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.LookupEventsRequest;
import dev.sekisho.contract.cloudtrail.LookupEventsResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.EventLog;

/** CloudTrail's operations, one line each. */
public final class CloudTrailService implements CloudTrailApi {

  private final LookupEvents lookupEvents;

  public CloudTrailService(EventLog events, PageTokens pages) {
    this.lookupEvents = new LookupEvents(events, pages);
  }

  @Override
  public Guarded<LookupEventsResponse> lookupEvents(Call<LookupEventsRequest> call) {
    return lookupEvents.handle(call);
  }
}
