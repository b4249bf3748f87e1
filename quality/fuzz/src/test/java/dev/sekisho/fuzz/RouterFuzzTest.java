package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerApi;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.CloudTrailModel;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.S3Model;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.routing.Route;
import dev.sekisho.wire.routing.Router;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.PayloadRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Every request has a route, if only to an error. */
class RouterFuzzTest {

  private static final AccessAnalyzerApi ANALYZER =
      _ -> {
        throw new AssertionError("nothing is called here");
      };
  // Nothing is called here, so there is nobody to call.
  private static final CloudTrailApi TRAIL =
      new CloudTrailApi(null, null, null, null, null, null, null);
  private static final S3Api OBJECTS =
      new S3Api(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  private static final Router ROUTER =
      new Router(
          List.of(
              new ServiceBinding<>(AccessAnalyzerModel.SERVICE, ANALYZER, ServiceRules.USUAL),
              new ServiceBinding<>(CloudTrailModel.SERVICE, TRAIL, ServiceRules.USUAL),
              new ServiceBinding<>(
                  S3Model.SERVICE, OBJECTS, ServiceRules.USUAL.withPayload(PayloadRule.OBJECT))));

  @FuzzTest(maxDuration = "1m")
  void leadsSomewhere(FuzzedDataProvider data) {
    String host =
        data.pickValue(
            new String[] {
              "access-analyzer.us-east-1.x", "cloudtrail", "a", "s3", "b.s3.x", "b.localhost"
            });
    String method = data.pickValue(new String[] {"GET", "POST", "PUT", "DELETE"});
    String path = "/" + data.consumeAsciiString(64);
    String query = data.consumeAsciiString(64);
    String target = data.consumeAsciiString(64);
    WireRequest request =
        new WireRequest(
            method,
            path,
            query,
            Headers.of(List.of(Map.entry("host", host), Map.entry("x-amz-target", target))),
            Blob.of(data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8)),
            "127.0.0.1",
            false);

    Route route = ROUTER.route(request, Claim.of(request));

    assertThat(route).isNotNull();
    if (route instanceof Route.Served<?> served) {
      assertThat(served.operation().name()).isIn("ValidatePolicy", "LookupEvents");
    }
  }

  @FuzzTest(maxDuration = "1m")
  void addressLeadsSomewhere(byte[] bytes) {
    String address = new String(bytes, StandardCharsets.ISO_8859_1);
    int mark = address.indexOf('?');
    WireRequest request =
        new WireRequest(
            "PUT",
            "/" + (mark < 0 ? address : address.substring(0, mark)),
            mark < 0 ? "" : address.substring(mark + 1),
            Headers.of(List.of(Map.entry("host", "access-analyzer.us-east-1.amazonaws.com"))),
            Blob.of(new byte[0]),
            "127.0.0.1",
            false);

    assertThat(ROUTER.route(request, Claim.of(request))).isNotInstanceOf(Route.NoService.class);
  }
}
