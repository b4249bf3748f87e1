package dev.sekisho.wire.signature;

import dev.sekisho.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests that Sekisho sends itself, by SigV4 in the Authorization header.
 *
 * @param sessionToken what comes with temporary credentials
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed request</a>
 */
public record RequestSigner(
    String accessKeyId, Secret secretAccessKey, @Nullable String sessionToken) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  /**
   * A request to the root path of a service that speaks JSON or forms.
   *
   * @param headers what else is sent; their names may have any case
   * @return all headers to send, by lower-case name, the signature among them
   */
  public Map<String, String> post(
      String host,
      String region,
      String service,
      Instant time,
      Map<String, String> headers,
      byte[] body) {
    return sign("POST", "/", "", host, region, service, time, headers, body);
  }

  /**
   * A request of a service whose paths say what it is about.
   *
   * @param path encoded; it is encoded once more for the signature
   * @param headers what else is sent; their names may have any case
   * @return all headers to send, by lower-case name, the signature among them
   */
  public Map<String, String> rest(
      String method,
      String path,
      String host,
      String region,
      String service,
      Instant time,
      Map<String, String> headers,
      byte[] body) {
    return sign(method, path.replace("%", "%25"), "", host, region, service, time, headers, body);
  }

  /**
   * Any request of S3, whose paths are encoded once and whose bodies' hashes are in a header.
   *
   * @param path encoded
   * @param query encoded and in order, each parameter with an equals sign
   * @param headers what else is sent; their names may have any case
   * @return all headers to send, by lower-case name, the signature among them
   */
  public Map<String, String> s3(
      String method,
      String path,
      String query,
      String host,
      String region,
      Instant time,
      Map<String, String> headers,
      byte[] body) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put("x-amz-content-sha256", sha256(body));
    return sign(method, path, query, host, region, "s3", time, more, body);
  }

  private Map<String, String> sign(
      String method,
      String path,
      String query,
      String host,
      String region,
      String service,
      Instant time,
      Map<String, String> headers,
      byte[] body) {
    Map<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
    String stamp = STAMP.format(time);
    signed.put("host", host);
    signed.put("x-amz-date", stamp);
    if (sessionToken != null) {
      signed.put("x-amz-security-token", sessionToken);
    }
    String names = String.join(";", signed.keySet());
    StringBuilder canonical = new StringBuilder(method).append('\n');
    canonical.append(path).append('\n').append(query).append('\n');
    signed.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(sha256(body));
    String scope = stamp.substring(0, 8) + '/' + region + '/' + service + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + stamp
            + '\n'
            + scope
            + '\n'
            + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
    byte[] key =
        mac(
            ("AWS4" + secretAccessKey.revealText()).getBytes(StandardCharsets.UTF_8),
            stamp.substring(0, 8));
    for (String part : new String[] {region, service, "aws4_request"}) {
      key = mac(key, part);
    }
    signed.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + accessKeyId
            + '/'
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + HEX.formatHex(mac(key, toSign)));
    return signed;
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
    }
  }
}
