package dev.sekisho.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line may say of the event log and its delivery. */
class AuditOptionsTest {

  private static AuditOptions parse(String... arguments) {
    return Options.parse(List.of(arguments)).audit();
  }

  @Test
  void withoutOptionsItIsAsAtAws() {
    assertThat(parse()).isEqualTo(AuditOptions.USUAL);
    assertThat(AuditOptions.USUAL.kept()).isEqualTo(Duration.ofDays(90));
    assertThat(AuditOptions.USUAL.interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(AuditOptions.USUAL.ceiling()).isNull();
  }

  @Test
  void eachOptionIsTaken() {
    AuditOptions options =
        parse(
            "--event-retention",
            "P400D",
            "--event-log-limit",
            "20GiB",
            "--trail-delivery-interval",
            "PT30S",
            "--archive-endpoint",
            "https://s3.example.com",
            "--archive-region",
            "eu-west-1",
            "--topic-endpoint",
            "arn:aws:sns:us-east-1:1:a=https://one.example.com/x?y=z",
            "--topic-endpoint",
            "arn:aws:sns:us-east-1:1:b=http://127.0.0.1:1/b");

    assertThat(options.kept()).isEqualTo(Duration.ofDays(400));
    assertThat(options.ceiling()).isEqualTo(20L << 30);
    assertThat(options.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.archive()).isEqualTo(URI.create("https://s3.example.com"));
    assertThat(options.archiveRegion()).isEqualTo("eu-west-1");
    assertThat(options.topicEndpoints())
        .containsEntry("arn:aws:sns:us-east-1:1:a", URI.create("https://one.example.com/x?y=z"))
        .containsEntry("arn:aws:sns:us-east-1:1:b", URI.create("http://127.0.0.1:1/b"));
  }

  @ParameterizedTest
  @CsvSource({
    "--event-retention,90",
    "--event-retention,-P1D",
    "--event-log-limit,20",
    "--event-log-limit,20GB",
    "--trail-delivery-interval,PT0S",
    "--archive-endpoint,http://s3.example.com",
    "--archive-endpoint,https://user:password@s3.example.com",
    "--archive-endpoint,nonsense",
    "--topic-endpoint,https://audit.example.com",
    "--topic-endpoint,arn:aws:sns:us-east-1:1:a=ftp://audit.example.com",
    "--archive-credentials-file,somewhere"
  })
  void whatCannotBeIsRefusedByItsName(String name, String value) {
    assertThatThrownBy(() -> parse(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .message()
        .doesNotContain("password");
  }
}
