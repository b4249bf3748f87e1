package dev.sekisho.iam;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes an attempt to sign in as CloudTrail does.
 *
 * <p>INVARIANT: a name that is not there is not written down: people type passwords into the wrong
 * field.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html">Sign-in
 *     events</a>
 */
final class ConsoleLoginRecord {

  private static final String REGION = "us-east-1";
  private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";
  private static final int LONGEST_AGENT = 1_024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Randomness randomness;
  private final AccountId host;

  ConsoleLoginRecord(Randomness randomness, AccountId host) {
    this.randomness = randomness;
    this.host = host;
  }

  Event succeeded(SignIn.Attempt attempt, SignInAccount found, Instant time, boolean mfaUsed) {
    return event(attempt, found, time, mfaUsed, null);
  }

  Event failed(SignIn.Attempt attempt, SignInAccount found, Instant time) {
    return event(
        attempt,
        found,
        time,
        attempt.factor() != null,
        found.owner() == null ? "No username found in supplied account" : "Failed authentication");
  }

  private Event event(
      SignIn.Attempt attempt,
      SignInAccount found,
      Instant time,
      boolean mfaUsed,
      @Nullable String error) {
    String id = EventId.at(time, randomness);
    AccountId account = Objects.requireNonNullElse(found.account(), host);
    ObjectNode json = JSON.createObjectNode();
    json.put("eventVersion", "1.11");
    json.set("userIdentity", identity(found, account, error != null));
    json.put("eventTime", time.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("eventSource", SignIn.EVENT_SOURCE);
    json.put("eventName", "ConsoleLogin");
    json.put("awsRegion", REGION);
    json.put("sourceIPAddress", attempt.sourceIp());
    String agent = attempt.userAgent();
    if (agent != null) {
      json.put(
          "userAgent", agent.length() <= LONGEST_AGENT ? agent : agent.substring(0, LONGEST_AGENT));
    }
    if (error != null) {
      json.put("errorMessage", error);
    }
    json.putNull("requestParameters");
    json.putObject("responseElements").put("ConsoleLogin", error == null ? "Success" : "Failure");
    json.putObject("additionalEventData")
        .put("MobileVersion", "No")
        .put("MFAUsed", mfaUsed ? "Yes" : "No");
    json.put("eventID", id);
    json.put("readOnly", false);
    json.put("eventType", "AwsConsoleSignIn");
    json.put("managementEvent", true);
    json.put("recipientAccountId", account.value());
    json.put("eventCategory", "Management");
    return new Event(
        id,
        time,
        account.value(),
        REGION,
        SignIn.EVENT_SOURCE,
        "ConsoleLogin",
        false,
        found.owner() == null ? null : found.owner().name(),
        null,
        List.of(),
        Blob.of(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static ObjectNode identity(SignInAccount found, AccountId account, boolean failed) {
    ObjectNode json = JSON.createObjectNode();
    CredentialOwner owner = found.owner();
    if (owner == null) {
      return json.put("type", "IAMUser")
          .put("accountId", account.value())
          .put("accessKeyId", "")
          .put("userName", HIDDEN);
    }
    Entity user = owner.user();
    if (user == null) {
      return json.put("type", "Root")
          .put("principalId", account.value())
          .put("arn", account.root().toString())
          .put("accountId", account.value())
          .put("accessKeyId", "");
    }
    json.put("type", "IAMUser").put("principalId", user.id());
    if (!failed) {
      json.put("arn", user.arn().toString());
    }
    json.put("accountId", account.value());
    if (failed) {
      json.put("accessKeyId", "");
    }
    return json.put("userName", user.name());
  }
}
