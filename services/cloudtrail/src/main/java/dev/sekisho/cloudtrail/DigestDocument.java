package dev.sekisho.cloudtrail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a digest says, as AWS writes it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html">Digest
 *     file structure</a>
 */
record DigestDocument(
    Chain chain,
    String bucket,
    String key,
    Instant end,
    String fingerprint,
    List<PlannedFile> files) {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String SHA_256 = "SHA-256";

  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator json) throws IOException {
    Chain.Link previous = chain.previous();
    json.writeStartObject();
    json.writeStringField("awsAccountId", chain.account());
    json.writeStringField("digestStartTime", text(chain.periodStart()));
    json.writeStringField("digestEndTime", text(end));
    json.writeStringField("digestS3Bucket", bucket);
    json.writeStringField("digestS3Object", key);
    json.writeStringField("digestPublicKeyFingerprint", fingerprint);
    json.writeStringField("digestSignatureAlgorithm", "SHA256withRSA");
    nullable(json, "newestEventTime", DigestFiles.newest(files));
    nullable(json, "oldestEventTime", DigestFiles.oldest(files));
    json.writeStringField("previousDigestS3Bucket", previous == null ? null : previous.bucket());
    json.writeStringField("previousDigestS3Object", previous == null ? null : previous.key());
    json.writeStringField("previousDigestHashValue", previous == null ? null : previous.sha256());
    json.writeStringField("previousDigestHashAlgorithm", previous == null ? null : SHA_256);
    json.writeStringField(
        "previousDigestSignature", previous == null ? null : previous.signature());
    json.writeArrayFieldStart("logFiles");
    for (PlannedFile file : files) {
      json.writeStartObject();
      json.writeStringField("s3Bucket", file.bucket());
      json.writeStringField("s3Object", file.key());
      json.writeStringField("hashValue", file.sha256());
      json.writeStringField("hashAlgorithm", SHA_256);
      nullable(json, "newestEventTime", file.newest());
      nullable(json, "oldestEventTime", file.oldest());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void nullable(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    json.writeStringField(name, time == null ? null : text(time));
  }

  /** A time by the second, as digests have it and sign it. */
  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
