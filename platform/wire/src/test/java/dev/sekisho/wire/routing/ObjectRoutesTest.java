package dev.sekisho.wire.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.HttpBinding;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.s3.S3Model;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.PayloadRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of S3's operations a request means: its addresses differ by parameters and a header. */
class ObjectRoutesTest {

  private static final Router ROUTER =
      new Router(
          List.of(
              new ServiceBinding<>(
                  none(), new Object(), ServiceRules.USUAL.withPayload(PayloadRule.OBJECT))));

  /** S3's operations, none of them served: a route then tells its name. */
  private static ServiceModel<Object> none() {
    Map<String, HttpBinding> all = new HashMap<>(S3Model.SERVICE.unserved());
    S3Model.SERVICE.operations().forEach((name, operation) -> all.put(name, operation.http()));
    return new ServiceModel<>(
        "s3", "s3", "s3", "2006-03-01", Protocol.REST_XML, null, null, "s3", false, Map.of(), all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/||ListBuckets",
        "PUT|/b||CreateBucket",
        "HEAD|/b||HeadBucket",
        "DELETE|/b||DeleteBucket",
        "DELETE|/b/||DeleteBucket",
        "GET|/b||ListObjects",
        "GET|/b|list-type=2&prefix=x|ListObjectsV2",
        "GET|/b|versions|ListObjectVersions",
        "GET|/b|uploads=|ListMultipartUploads",
        "GET|/b|location|GetBucketLocation",
        "GET|/b|policy|GetBucketPolicy",
        "PUT|/b|policy|PutBucketPolicy",
        "GET|/b|policyStatus|GetBucketPolicyStatus",
        "PUT|/b|versioning|PutBucketVersioning",
        "PUT|/b|object-lock|PutObjectLockConfiguration",
        "POST|/b|delete|DeleteObjects",
        "GET|/b|website|GetBucketWebsite",
        "GET|/b|analytics|ListBucketAnalyticsConfigurations",
        "GET|/b|analytics&id=1|GetBucketAnalyticsConfiguration",
        "PUT|/b/k||PutObject",
        "PUT|/b/k|x-id=PutObject|PutObject",
        "PUT|/b/k|partNumber=1&uploadId=u|UploadPart",
        "PUT|/b/k|tagging|PutObjectTagging",
        "PUT|/b/k|retention&versionId=3|PutObjectRetention",
        "GET|/b/k||GetObject",
        "GET|/b/k|versionId=3|GetObject",
        "GET|/b/k|uploadId=u|ListParts",
        "GET|/b/k|attributes|GetObjectAttributes",
        "HEAD|/b/k||HeadObject",
        "POST|/b/k|uploads|CreateMultipartUpload",
        "POST|/b/k|uploadId=u|CompleteMultipartUpload",
        "DELETE|/b/k|uploadId=u|AbortMultipartUpload",
        "DELETE|/b/k|versionId=3|DeleteObject",
        "GET|/b/k//l/../m||GetObject"
      })
  void byMethodAddressAndParameters(String method, String path, String query, String operation) {
    assertThat(operation(method, path, query, "127.0.0.1:4566", Map.of())).isEqualTo(operation);
  }

  @Test
  void aCopyIsToldByItsHeader() {
    Map<String, String> source = Map.of("x-amz-copy-source", "/a/k");

    assertThat(operation("PUT", "/b/k", null, "localhost", source)).isEqualTo("CopyObject");
    assertThat(operation("PUT", "/b/k", "partNumber=2&uploadId=u", "localhost", source))
        .isEqualTo("UploadPartCopy");
  }

  @ParameterizedTest
  @CsvSource({
    "b.s3.us-east-1.amazonaws.com, /b/k",
    "b.s3.amazonaws.com:443, /b/k",
    "b.s3-us-west-2.amazonaws.com, /b/k",
    "my.s3.bucket.s3.eu-west-1.example.test, /my.s3.bucket/k",
    "b.localhost:4566, /b/k",
    "B.LocalHost, /b/k",
    "localhost:4566, /k",
    "s3.localhost:4566, /k",
    "s3.us-east-1.amazonaws.com, /k",
    "127.0.0.1:4566, /k",
    "[::1]:4566, /k",
    "sekisho.example.test, /k"
  })
  void theHostMayNameTheBucket(String host, String path) {
    assertThat(VirtualHost.path(request("GET", "/k", null, host, Map.of()))).isEqualTo(path);
  }

  @Test
  void inAHostWithABucketTheRootIsTheBucket() {
    assertThat(operation("GET", "/", "list-type=2", "b.localhost", Map.of()))
        .isEqualTo("ListObjectsV2");
    assertThat(operation("PUT", "/", null, "b.localhost", Map.of())).isEqualTo("CreateBucket");
  }

  @Test
  void whoeverSignsNothingAndSendsAFormAsksForNoObject() {
    Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");
    WireRequest request = request("POST", "/", null, "127.0.0.1", form);

    assertThat(ROUTER.route(request, Claim.of(request))).isInstanceOf(Route.NoService.class);
  }

  @Test
  void aMethodThatS3DoesNotHaveIsRefusedInItsWords() {
    WireRequest request = request("PATCH", "/b/k", null, "127.0.0.1", Map.of());

    assertThat(ROUTER.route(request, Claim.of(request)))
        .isInstanceOfSatisfying(
            Route.Unknown.class,
            unknown -> assertThat(unknown.error().code()).isEqualTo("MethodNotAllowed"));
  }

  private static String operation(
      String method, String path, String query, String host, Map<String, String> headers) {
    WireRequest request = request(method, path, query, host, headers);
    return switch (ROUTER.route(request, Claim.of(request))) {
      case Route.Unserved unserved -> unserved.operation();
      case Route other -> other.toString();
    };
  }

  private static WireRequest request(
      String method, String path, String query, String host, Map<String, String> more) {
    Headers.Builder headers = new Headers.Builder(4).add("host", host);
    more.forEach(headers::add);
    return new WireRequest(
        method,
        path,
        query == null ? "" : query,
        headers.build(),
        Blob.of(new byte[0]),
        "127.0.0.1",
        false);
  }
}
