package dev.sekisho.server;

import dev.sekisho.cloudtrail.Topics;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.Secret;
import dev.sekisho.server.outside.CredentialsFile;
import dev.sekisho.server.outside.HttpTopics;
import dev.sekisho.server.outside.OutsideAddress;
import dev.sekisho.server.outside.OutsideObjectStore;
import dev.sekisho.wire.signature.RequestSigner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the event log is kept and where it is delivered.
 *
 * @param kept how long events are kept
 * @param ceiling how many bytes the event log may take once it is compressed; null for any number
 * @param interval how often trails deliver
 * @param archive the S3 endpoint outside that buckets are at; null for none
 * @param archiveRegion what requests to it are signed for
 * @param archiveCredentials a file with the access key's id and, on the next line, its secret; null
 *     for the environment
 * @param topicEndpoints where notifications go, by the topic's ARN
 */
public record AuditOptions(
    Duration kept,
    @Nullable Long ceiling,
    Duration interval,
    @Nullable URI archive,
    String archiveRegion,
    @Nullable Path archiveCredentials,
    Map<String, URI> topicEndpoints) {

  /** Ninety days, every five minutes, as AWS, and nowhere outside. */
  public static final AuditOptions USUAL =
      new AuditOptions(
          Duration.ofDays(90), null, Duration.ofMinutes(5), null, "us-east-1", null, Map.of());

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([MGT])iB");

  private static final String KEY_ID = "SEKISHO_ARCHIVE_ACCESS_KEY_ID";
  private static final String SECRET = "SEKISHO_ARCHIVE_SECRET_ACCESS_KEY";

  public AuditOptions {
    topicEndpoints = Map.copyOf(topicEndpoints);
  }

  /** The same with one more option, or null when it is none of these. */
  @Nullable AuditOptions with(String name, String value) {
    return switch (name) {
      case "--event-retention" -> withRetention(duration(name, value), ceiling);
      case "--event-log-limit" -> withRetention(kept, size(name, value));
      case "--trail-delivery-interval" -> withInterval(duration(name, value));
      case "--archive-endpoint" ->
          withArchive(OutsideAddress.parse(name, value), archiveCredentials);
      case "--archive-region" ->
          new AuditOptions(
              kept, ceiling, interval, archive, value, archiveCredentials, topicEndpoints);
      case "--archive-credentials-file" ->
          new AuditOptions(
              kept, ceiling, interval, archive, archiveRegion, Path.of(value), topicEndpoints);
      case "--topic-endpoint" -> {
        int equals = value.indexOf('=');
        if (equals < 0 || !value.startsWith("arn:aws:sns:")) {
          throw new IllegalArgumentException(name + " takes TOPIC_ARN=https://…, not " + value);
        }
        yield withTopic(
            value.substring(0, equals), OutsideAddress.parse(name, value.substring(equals + 1)));
      }
      default -> null;
    };
  }

  public AuditOptions withRetention(Duration time, @Nullable Long bytes) {
    return new AuditOptions(
        time, bytes, interval, archive, archiveRegion, archiveCredentials, topicEndpoints);
  }

  public AuditOptions withInterval(Duration other) {
    return new AuditOptions(
        kept, ceiling, other, archive, archiveRegion, archiveCredentials, topicEndpoints);
  }

  public AuditOptions withArchive(URI endpoint, @Nullable Path credentials) {
    return new AuditOptions(
        kept, ceiling, interval, endpoint, archiveRegion, credentials, topicEndpoints);
  }

  public AuditOptions withTopic(String arn, URI endpoint) {
    Map<String, URI> more = new HashMap<>(topicEndpoints);
    more.put(arn, endpoint);
    return new AuditOptions(
        kept, ceiling, interval, archive, archiveRegion, archiveCredentials, more);
  }

  private static Long size(String name, String value) {
    Matcher size = SIZE.matcher(value);
    if (!size.matches()) {
      throw new IllegalArgumentException(name + " takes a size such as 20GiB, not " + value);
    }
    int power = "MGT".indexOf(size.group(2)) + 2;
    return Long.parseLong(size.group(1)) << (10 * power);
  }

  private static Duration duration(String name, String value) {
    try {
      Duration duration = Duration.parse(value);
      if (duration.toSeconds() >= 1) {
        return duration;
      }
    } catch (DateTimeParseException notOne) {
      // The same refusal as for one that is too short.
    }
    throw new IllegalArgumentException(
        name + " takes a duration of a second or more such as PT5M, not " + value);
  }

  void check() {
    if (archive == null && archiveCredentials != null) {
      throw new IllegalArgumentException("--archive-credentials-file needs --archive-endpoint");
    }
  }

  /** Where trails leave their files: here, or outside where a place is named. */
  ObjectStore objects(ObjectStore builtIn, InstantSource machineTime) {
    return archive == null
        ? builtIn
        : new OutsideObjectStore(archive, archiveRegion, signer(), machineTime);
  }

  Topics topics() {
    return topicEndpoints.isEmpty() ? Topics.NONE : new HttpTopics(topicEndpoints);
  }

  private RequestSigner signer() {
    if (archiveCredentials != null) {
      return CredentialsFile.read(archiveCredentials, "the archive's");
    }
    String id = System.getenv(KEY_ID);
    String secret = System.getenv(SECRET);
    if (id == null || id.isEmpty() || secret == null || secret.isEmpty()) {
      throw new IllegalStateException(
          "the archive's credentials are missing: name a file that has the access key's id and"
              + " its secret on two lines with --archive-credentials-file, or set "
              + KEY_ID
              + " and "
              + SECRET);
    }
    return new RequestSigner(id, Secret.of(secret), null);
  }
}
