package dev.sekisho.wire.probe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A SigV4 signer written from the specification alone, sharing nothing with the code it tests.
 *
 * @param time yyyyMMdd'T'HHmmss'Z'
 */
public record Signer(String keyId, String secret, String region, String service, String time) {

  public Signer withService(String other) {
    return new Signer(keyId, secret, region, other, time);
  }

  public Signer withRegion(String other) {
    return new Signer(keyId, secret, other, service, time);
  }

  public Signer withTime(String other) {
    return new Signer(keyId, secret, region, service, other);
  }

  public Signer withSecret(String other) {
    return new Signer(keyId, other, region, service, time);
  }

  public Signer withKeyId(String other) {
    return new Signer(other, secret, region, service, time);
  }

  /** The Authorization header for the request, whose headers must hold the date already. */
  public String authorization(
      String method, String path, String query, TreeMap<String, String> headers, byte[] body) {
    String signature = signature(method, doubleEncoded(path), query, headers, sha256(body));
    return "AWS4-HMAC-SHA256 Credential="
        + keyId
        + '/'
        + scope()
        + ", SignedHeaders="
        + String.join(";", headers.keySet())
        + ", Signature="
        + signature;
  }

  public String scope() {
    return time.substring(0, 8) + '/' + region + '/' + service + "/aws4_request";
  }

  /** The signature over a request whose path is canonical already. */
  public String signature(
      String method,
      String canonicalPath,
      String query,
      TreeMap<String, String> headers,
      String payload) {
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n').append(canonicalPath).append('\n');
    canonical.append(canonicalQuery(query)).append('\n');
    headers.forEach(
        (name, value) -> canonical.append(name).append(':').append(value.strip()).append('\n'));
    canonical.append('\n').append(String.join(";", headers.keySet())).append('\n').append(payload);
    return sign(
        "AWS4-HMAC-SHA256\n"
            + time
            + '\n'
            + scope()
            + '\n'
            + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The MAC of the text under this scope's key. */
  public String sign(String text) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String step : List.of(time.substring(0, 8), region, service, "aws4_request")) {
      key = hmac(key, step);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static String doubleEncoded(String path) {
    return String.join("/", Arrays.stream(path.split("/", -1)).map(Signer::encode).toList());
  }

  private static String canonicalQuery(String query) {
    List<String> parts = new ArrayList<>();
    for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
      String[] pair = part.split("=", 2);
      String value = pair.length == 2 ? pair[1] : "";
      parts.add(encode(decode(pair[0])) + "=" + encode(decode(value)));
    }
    parts.sort(null);
    return String.join("&", parts);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
