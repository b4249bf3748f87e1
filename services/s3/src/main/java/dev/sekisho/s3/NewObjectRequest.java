package dev.sekisho.s3;

import dev.sekisho.contract.Structure;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import dev.sekisho.s3.ObjectVersion.ObjectDetails;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A new object as PutObject, CopyObject and CreateMultipartUpload describe it alike, and what must
 * be allowed for it.
 *
 * @param tagged whether the request itself says what tags it is to have
 */
record NewObjectRequest(
    SentMembers sent,
    Bucket bucket,
    String key,
    ObjectDetails details,
    boolean tagged,
    Encryption encryption,
    Retention retention) {

  private static final Map<String, String> HEADERS =
      Map.of(
          "CacheControl", "Cache-Control",
          "ContentDisposition", "Content-Disposition",
          "ContentEncoding", "Content-Encoding",
          "ContentLanguage", "Content-Language",
          "ContentType", "Content-Type",
          "WebsiteRedirectLocation", "x-amz-website-redirect-location");

  static final String USUAL_TYPE = "binary/octet-stream";
  private static final String STANDARD = "STANDARD";
  private static final int MOST_METADATA = 2_048;

  /** Classes whose objects can be read at any time, as ours can. */
  private static final Set<String> CLASSES =
      Set.of(
          STANDARD,
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER_IR");

  private static final Set<String> ARCHIVES =
      Set.of("GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS");

  /**
   * Reads the request.
   *
   * @throws ServiceException when it asks for what cannot be
   */
  static NewObjectRequest of(Call<? extends Structure> call, Bucket bucket, String key) {
    SentMembers sent = new SentMembers(call.input());
    ObjectNames.require(key);
    Acls.require(bucket, call.context().caller().principal().account(), sent);
    String tagging = sent.text("Tagging");
    ObjectDetails details =
        new ObjectDetails(
            storageClass(sent.text("StorageClass")),
            headers(sent),
            metadata(sent.map("Metadata")),
            tagging == null ? Map.of() : TagRules.ofHeader(tagging));
    return new NewObjectRequest(
        sent,
        bucket,
        key,
        details,
        tagging != null,
        RequestedEncryption.of(bucket, sent),
        RequestedRetention.of(bucket, sent, call.context().time()));
  }

  private static String storageClass(@Nullable String asked) {
    if (asked == null || CLASSES.contains(asked)) {
      return asked == null ? STANDARD : asked;
    }
    if (ARCHIVES.contains(asked)) {
      throw S3Errors.notImplemented("x-amz-storage-class");
    }
    throw new ServiceException(
        "InvalidStorageClass", 400, "The storage class you specified is not valid");
  }

  private static Map<String, String> headers(SentMembers sent) {
    Map<String, String> headers = new LinkedHashMap<>();
    HEADERS.forEach((member, header) -> {
      String value = sent.text(member);
      if (value != null) {
        headers.put(header, value);
      }
    });
    headers.putIfAbsent("Content-Type", USUAL_TYPE);
    String expires = sent.anyText("Expires");
    if (expires != null) {
      headers.put("Expires", expires);
    }
    return headers;
  }

  private static Map<String, String> metadata(Map<String, String> given) {
    int size = 0;
    for (Map.Entry<String, String> entry : given.entrySet()) {
      size +=
          entry.getKey().getBytes(StandardCharsets.UTF_8).length
              + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (size > MOST_METADATA) {
      throw new ServiceException(
          "MetadataTooLarge",
          400,
          "Your metadata headers exceed the maximum allowed metadata size",
          Map.of(
              "Size", Integer.toString(size), "MaxSizeAllowed", Integer.toString(MOST_METADATA)));
    }
    return Map.copyOf(given);
  }

  /** The checks that the caller must pass to write the object. */
  List<AccessCheck> checks(Call<?> call, S3Access access) {
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(conditioned(call, access.of(call, "s3:PutObject", bucket, key)));
    if (tagged) {
      checks.add(conditioned(call, access.of(call, "s3:PutObjectTagging", bucket, key)));
    }
    if (sent.has("ObjectLockMode")) {
      checks.add(conditioned(call, access.of(call, "s3:PutObjectRetention", bucket, key)));
    }
    if (sent.has("ObjectLockLegalHoldStatus")) {
      checks.add(conditioned(call, access.of(call, "s3:PutObjectLegalHold", bucket, key)));
    }
    // Services give the owner what is its own; the policies that let them in name PutObject only.
    if (sent.has("ACL") && !(call.context().caller().principal() instanceof Principal.Service)) {
      checks.add(conditioned(call, access.of(call, "s3:PutObjectAcl", bucket, key)));
    }
    return checks;
  }

  private AccessCheck conditioned(Call<?> call, AccessCheck bare) {
    AccessCheck check =
        bare.with("s3:x-amz-acl", sent.text("ACL"))
            .with("s3:x-amz-storage-class", details.storageClass())
            .with("s3:x-amz-server-side-encryption", sent.text("ServerSideEncryption"))
            .with("s3:x-amz-server-side-encryption-aws-kms-key-id", kmsKey(call))
            .with("s3:x-amz-website-redirect-location", sent.text("WebsiteRedirectLocation"))
            .with("s3:x-amz-copy-source", sent.text("CopySource"))
            .with("s3:x-amz-metadata-directive", sent.text("MetadataDirective"))
            .with("s3:if-match", sent.text("IfMatch"))
            .with("s3:if-none-match", sent.text("IfNoneMatch"))
            .with("s3:object-lock-mode", sent.text("ObjectLockMode"))
            .with("s3:object-lock-legal-hold", sent.text("ObjectLockLegalHoldStatus"));
    Instant until = sent.instant("ObjectLockRetainUntilDate");
    if (until != null) {
      check = LockConditions.until(check, until, call.context().time());
    }
    if (tagged) {
      check = TagConditions.requested(check, details.tags());
    }
    return check;
  }

  /** The key's ARN, when the request names one of the caller's by its id. */
  private @Nullable String kmsKey(Call<?> call) {
    String named = sent.text("SSEKMSKeyId");
    if (named == null || named.startsWith("arn:")) {
      return named;
    }
    return "arn:aws:kms:"
        + call.region()
        + ':'
        + call.account()
        + (named.startsWith("alias/") ? ":" : ":key/")
        + named;
  }
}
