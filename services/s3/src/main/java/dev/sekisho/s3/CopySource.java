package dev.sekisho.s3;

import dev.sekisho.contract.Structure;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a copy is made of, as {@code x-amz-copy-source} names it: {@code bucket/key}, encoded, with
 * {@code ?versionId=} where a version is meant.
 */
record CopySource(String bucket, String key, @Nullable String versionId) {

  private static final String VERSION = "?versionId=";

  static CopySource parse(String header) {
    String path = header.startsWith("/") ? header.substring(1) : header;
    int query = path.indexOf(VERSION);
    String version = query < 0 ? null : path.substring(query + VERSION.length());
    String name = decoded(header, query < 0 ? path : path.substring(0, query));
    if (name.startsWith("/")) {
      name = name.substring(1);
    }
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      throw S3Errors.invalidArgument(
          "x-amz-copy-source",
          header,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    return new CopySource(
        name.substring(0, slash),
        name.substring(slash + 1),
        version == null || version.isEmpty() ? null : decoded(header, version));
  }

  private static String decoded(String header, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw S3Errors.invalidArgument("x-amz-copy-source", header, "Invalid copy source encoding.");
    }
  }

  /** The source as it was found. */
  record Found(CopySource source, Bucket bucket, Optional<ObjectVersion> version) {

    /**
     * The version to copy.
     *
     * @throws dev.sekisho.core.ServiceException when it is not there, or not as the call wants it
     */
    ObjectVersion require(SentMembers sent) {
      ObjectVersion found =
          version.orElseThrow(() ->
              source.versionId() == null
                  ? S3Errors.noSuchKey(source.key())
                  : S3Errors.noSuchVersion(source.key(), source.versionId()));
      if (found.deleteMarker()) {
        throw source.versionId() == null
            ? S3Errors.noSuchKey(source.key())
            : S3Errors.invalidRequest(
                "The source of a copy request may not specifically refer to a delete marker by"
                    + " version id.");
      }
      new Preconditions(
              sent.text("CopySourceIfMatch"),
              sent.text("CopySourceIfNoneMatch"),
              sent.instant("CopySourceIfModifiedSince"),
              sent.instant("CopySourceIfUnmodifiedSince"))
          .requireForCopy(found.etag(), found.modifiedAt());
      return found;
    }
  }

  /** Finds the source of a call. */
  static Found find(ObjectWork work, Call<? extends Structure> call) {
    SentMembers sent = new SentMembers(call.input());
    RequestedEncryption.refuseCustomerKeys(sent);
    CopySource source = parse(String.valueOf(sent.text("CopySource")));
    Bucket bucket =
        work.buckets().requireAnywhere(source.bucket(), sent.text("ExpectedSourceBucketOwner"));
    return new Found(source, bucket, work.find(bucket, source.key(), source.versionId()));
  }

  /** What must be allowed to read it. */
  static List<AccessCheck> checks(ObjectWork work, Call<?> call, Found found, boolean tags) {
    CopySource source = found.source();
    String version = source.versionId() == null ? "" : "Version";
    ObjectVersion readable = found.version().filter(each -> !each.deleteMarker()).orElse(null);
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(
        work.access()
            .of(call, "s3:GetObject" + version, found.bucket(), source.key(), readable)
            .with("s3:VersionId", source.versionId()));
    if (readable == null) {
      checks.add(
          work.access().of(call, "s3:ListBucket", found.bucket()).with("s3:prefix", source.key()));
    } else if (tags && !readable.details().tags().isEmpty()) {
      checks.add(
          work.access()
              .of(
                  call,
                  "s3:GetObject" + version + "Tagging",
                  found.bucket(),
                  source.key(),
                  readable)
              .with("s3:VersionId", source.versionId()));
    }
    return checks;
  }
}
