package dev.sekisho.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/**
 * What a trail has left in a bucket, and whether its digests vouch for all of it: the recipe of
 * {@code aws cloudtrail validate-logs}, by the JDK's own signatures.
 */
final class DeliveredFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ArchiveServer.Stored> objects;

  /**
   * @param objects by bucket and key
   */
  DeliveredFiles(Map<String, ArchiveServer.Stored> objects) {
    this.objects = objects;
  }

  /** The records of all log files whose name has the part, in the order of their names. */
  List<JsonNode> records(String part) {
    List<JsonNode> records = new ArrayList<>();
    logs(part).forEach((_, stored) -> read(stored).get("Records").forEach(records::add));
    return records;
  }

  /** The log files whose name has the part. */
  Map<String, ArchiveServer.Stored> logs(String part) {
    Map<String, ArchiveServer.Stored> logs = new java.util.TreeMap<>();
    objects.forEach((name, stored) -> {
      if (name.contains("/CloudTrail/") && name.endsWith(".json.gz") && name.contains(part)) {
        logs.put(name, stored);
      }
    });
    return logs;
  }

  /** The digests whose name has the part, oldest first. */
  List<String> digests(String part) {
    return objects.keySet().stream()
        .filter(name -> name.contains("/CloudTrail-Digest/") && name.endsWith(".json.gz"))
        .filter(name -> name.contains(part))
        .sorted()
        .toList();
  }

  static JsonNode read(ArchiveServer.Stored stored) {
    try {
      return JSON.readTree(unzipped(stored));
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  static byte[] unzipped(ArchiveServer.Stored stored) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored.body()))) {
      return in.readAllBytes();
    } catch (IOException notGzip) {
      throw new UncheckedIOException(notGzip);
    }
  }

  /**
   * Follows the chain from its last digest to its first.
   *
   * @return what is wrong; empty when everything is as it was delivered
   */
  List<String> validate(CloudTrailClient trail, String part) throws GeneralSecurityException {
    Map<String, PublicKey> keys = keys(trail);
    List<String> wrong = new ArrayList<>();
    List<String> digests = digests(part);
    String name = digests.isEmpty() ? null : digests.getLast();
    int seen = 0;
    String expectedHash = null;
    while (name != null) {
      ArchiveServer.Stored stored = objects.get(name);
      if (stored == null) {
        wrong.add("missing digest " + name);
        return wrong;
      }
      seen++;
      byte[] content;
      try {
        content = unzipped(stored);
      } catch (UncheckedIOException notGzip) {
        wrong.add("unreadable digest " + name);
        return wrong;
      }
      String hash = sha256(content);
      if (expectedHash != null && !expectedHash.equals(hash)) {
        wrong.add("altered digest " + name);
      }
      JsonNode digest = read(stored);
      String signature = stored.headers().get("x-amz-meta-signature");
      String signed =
          digest.get("digestEndTime").asText()
              + '\n'
              + name
              + '\n'
              + hash
              + '\n'
              + digest.get("previousDigestSignature").asText("null");
      if (!name.equals(
              digest.get("digestS3Bucket").asText() + '/' + digest.get("digestS3Object").asText())
          || !verifies(
              keys.get(digest.get("digestPublicKeyFingerprint").asText()), signed, signature)) {
        wrong.add("signature of " + name);
      }
      for (JsonNode file : digest.get("logFiles")) {
        String log = file.get("s3Bucket").asText() + '/' + file.get("s3Object").asText();
        ArchiveServer.Stored kept = objects.get(log);
        if (kept == null) {
          wrong.add("missing log " + log);
        } else if (!hashes(kept, file.get("hashValue").asText())) {
          wrong.add("altered log " + log);
        }
      }
      expectedHash = digest.get("previousDigestHashValue").asText(null);
      name =
          digest.get("previousDigestS3Object").isNull()
              ? null
              : digest.get("previousDigestS3Bucket").asText()
                  + '/'
                  + digest.get("previousDigestS3Object").asText();
    }
    if (seen < digests.size()) {
      wrong.add("digests that the chain does not name");
    }
    return wrong;
  }

  private static boolean hashes(ArchiveServer.Stored stored, String expected) {
    try {
      return sha256(unzipped(stored)).equals(expected);
    } catch (UncheckedIOException notGzip) {
      return false;
    }
  }

  private static boolean verifies(PublicKey key, String signed, String signature)
      throws GeneralSecurityException {
    if (key == null || signature == null) {
      return false;
    }
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key);
    verifier.update(signed.getBytes(StandardCharsets.UTF_8));
    try {
      return verifier.verify(HexFormat.of().parseHex(signature));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  /** Every key there is, by its fingerprint, read as PKCS#1 like AWS's client reads it. */
  static Map<String, PublicKey> keys(CloudTrailClient trail) throws GeneralSecurityException {
    Map<String, PublicKey> keys = new HashMap<>();
    for (var key :
        trail
            .listPublicKeys(r ->
                r.startTime(java.time.Instant.EPOCH)
                    .endTime(java.time.Instant.EPOCH.plus(java.time.Duration.ofDays(40_000))))
            .publicKeyList()) {
      RSAPublicKey read = RSAPublicKey.getInstance(key.value().asByteArray());
      keys.put(
          key.fingerprint(),
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(read.getModulus(), read.getPublicExponent())));
    }
    return keys;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
