package dev.sekisho.server.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for on the command line, what it takes, and how it is shown. */
class TailTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode DENIED =
      json(
          """
          {"eventTime":"2026-11-24T11:59:00Z","eventSource":"kms.amazonaws.com",
           "eventName":"Decrypt","readOnly":true,"awsRegion":"us-east-1",
           "sourceIPAddress":"127.0.0.1","errorCode":"AccessDenied",
           "errorMessage":"no\\u001b[2Jmore",
           "userIdentity":{"type":"AssumedRole","accessKeyId":"ASIA1",
             "arn":"arn:aws:sts::000000000001:assumed-role/worker/night",
             "sessionContext":{"sessionIssuer":{"userName":"worker"}}}}\
          """);
  private static final JsonNode DONE =
      json(
          """
          {"eventTime":"2026-11-24T11:59:01Z","eventSource":"iam.amazonaws.com",
           "eventName":"CreateUser","readOnly":false,"awsRegion":"us-east-1",
           "sourceIPAddress":"127.0.0.1",
           "userIdentity":{"type":"Root","arn":"arn:aws:iam::000000000001:root"}}\
          """);

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static boolean takes(JsonNode record, String... arguments) {
    return TailOptions.parse(List.of(arguments), NOW).filter().takes(record);
  }

  @Test
  void withoutFiltersEverythingIsTaken() {
    assertThat(takes(DENIED)).isTrue();
    assertThat(takes(DONE)).isTrue();
  }

  @Test
  void filtersTakeWhatMeetsThemAll() {
    assertThat(takes(DENIED, "--errors")).isTrue();
    assertThat(takes(DONE, "--errors")).isFalse();
    assertThat(takes(DENIED, "--service", "kms", "--event", "decrypt")).isTrue();
    assertThat(takes(DENIED, "--service", "kms", "--event", "Encrypt")).isFalse();
    assertThat(takes(DENIED, "--service", "iam")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"worker", "night", "ASIA1", "arn:aws:sts::000000000001:assumed-role/worker/night"})
  void userIsFoundByEveryNameItHas(String name) {
    assertThat(takes(DENIED, "--user", name)).isTrue();
    assertThat(takes(DONE, "--user", name)).isFalse();
  }

  @Test
  void rootIsFoundByItsName() {
    assertThat(takes(DONE, "--user", "root")).isTrue();
    assertThat(takes(DENIED, "--user", "root")).isFalse();
  }

  @Test
  void timeIsGivenOrCountedBack() {
    assertThat(TailOptions.parse(List.of("--since", "10m"), NOW).since())
        .isEqualTo(Instant.parse("2026-11-24T11:50:00Z"));
    assertThat(TailOptions.parse(List.of("--since", "1d"), NOW).since())
        .isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
    assertThat(TailOptions.parse(List.of("--since", "2026-01-01T00:00:00Z"), NOW).since())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(TailOptions.parse(List.of(), NOW).since()).isNull();
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailOptions.parse(List.of("--since", "yesterday"), NOW))
        .withMessageContaining("--since takes a time");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailOptions.parse(List.of("--wat", "x"), NOW))
        .withMessage("unknown option --wat");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailOptions.parse(List.of("--user"), NOW))
        .withMessage("--user is unknown or lacks its value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailOptions.parse(List.of("--color", "pink"), NOW));
  }

  @Test
  void lineSaysWhenWhatWhoWhereAndHowItEnded() {
    assertThat(new EventLine(false).of(DONE))
        .isEqualTo("2026-11-24T11:59:01Z  iam:CreateUser  000000000001:root  us-east-1  127.0.0.1");
  }

  @Test
  void whatCallersChoseCannotSteerTheTerminal() {
    assertThat(new EventLine(false).of(DENIED))
        .isEqualTo(
            "2026-11-24T11:59:00Z  kms:Decrypt  000000000001:assumed-role/worker/night"
                + "  us-east-1  127.0.0.1  AccessDenied: no\\u{1b}[2Jmore");
  }

  @Test
  void colourStaysWithinEachPart() {
    String line = new EventLine(true).of(DENIED);

    assertThat(line).contains("\u001b[31mkms:Decrypt\u001b[0m").endsWith("\u001b[0m");
    assertThat(line.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(new EventLine(false).of(DENIED));
  }
}
