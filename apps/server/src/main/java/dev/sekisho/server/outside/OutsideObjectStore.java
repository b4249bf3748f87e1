package dev.sekisho.server.outside;

import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.signature.RequestSigner;
import dev.sekisho.wire.signature.UriEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An S3 outside, at any endpoint, with credentials of its own.
 *
 * <p>Its buckets go by their own policies, which see these credentials and not the service that
 * sends: so whoever gives Sekisho the credentials decides what may be delivered there.
 */
public final class OutsideObjectStore implements ObjectStore {

  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,100})</Code>");
  private static final int LONGEST_ANSWER = 16_384;
  private static final System.Logger LOG = System.getLogger(OutsideObjectStore.class.getName());

  private final URI endpoint;
  private final String region;
  private final RequestSigner signer;
  private final InstantSource machineTime;
  private final HttpClient http = OutgoingHttp.client();

  /**
   * @param endpoint without a path
   * @param region what requests are signed for
   */
  public OutsideObjectStore(
      URI endpoint, String region, RequestSigner signer, InstantSource machineTime) {
    this.endpoint = endpoint;
    this.region = region;
    this.signer = signer;
    this.machineTime = machineTime;
  }

  @Override
  public void requireBucket(Sender sender, String bucket) {
    send("GET", '/' + bucket, "acl=", Map.of(), new byte[0]);
  }

  @Override
  public void put(Sender sender, Upload upload) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", upload.contentType());
    headers.put("x-amz-acl", "bucket-owner-full-control");
    if (upload.contentEncoding() != null) {
      headers.put("content-encoding", upload.contentEncoding());
    }
    upload.metadata().forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
    Encryption encryption = upload.encryption();
    if (encryption != null) {
      headers.put("x-amz-server-side-encryption", "aws:kms");
      headers.put("x-amz-server-side-encryption-aws-kms-key-id", encryption.keyId());
      headers.put("x-amz-server-side-encryption-context", context(encryption.context()));
    }
    send(
        "PUT",
        '/' + upload.bucket() + '/' + UriEncoding.encode(upload.key(), true),
        "",
        headers,
        upload.body().bytes());
  }

  /** Base64 of a JSON object; the names and values are ARNs and need no escape. */
  private static String context(Map<String, String> context) {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(context)
        .forEach((name, value) ->
            json.append(json.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
    return Base64.getEncoder()
        .encodeToString(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  private void send(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    Map<String, String> signed =
        signer.s3(
            method,
            path,
            query,
            endpoint.getRawAuthority(),
            region,
            machineTime.instant(),
            headers,
            body);
    String address = endpoint.getScheme() + "://" + endpoint.getRawAuthority() + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(query.isEmpty() ? address : address + '?' + query))
            .timeout(ANSWER)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    signed.forEach((name, value) -> {
      if (!name.equals("host")) {
        request.header(name, value);
      }
    });
    HttpResponse<InputStream> answer;
    String text;
    try {
      answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        text = new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
      }
    } catch (IOException unreachable) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the archive " + endpoint + " does not answer: " + unreachable);
      throw new ServiceException("ServiceUnavailable", 503, "The archive does not answer.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ServiceException("ServiceUnavailable", 503, "The delivery was interrupted.");
    }
    if (answer.statusCode() / 100 != 2) {
      throw refusal(answer.statusCode(), text);
    }
  }

  private static ServiceException refusal(int status, String text) {
    Matcher code = CODE.matcher(text);
    String found = code.find() ? code.group(1) : usual(status);
    return new ServiceException(
        found, status < 400 ? 400 : status, "The archive answered " + status + ' ' + found + '.');
  }

  private static String usual(int status) {
    return switch (status) {
      case 403 -> "AccessDenied";
      case 404 -> "NoSuchBucket";
      case 301, 307 -> "PermanentRedirect";
      default -> status >= 500 ? "ServiceUnavailable" : "InvalidRequest";
    };
  }
}
