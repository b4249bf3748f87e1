package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.GenerateCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.ReportStateType;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.sts.StsClient;

/** The credential report, as AWS writes it. */
class IamCredentialReportTest {

  private static final String HEAD =
      "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
          + "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
          + "access_key_1_last_used_date,access_key_1_last_used_region,"
          + "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
          + "access_key_2_last_used_date,access_key_2_last_used_region,"
          + "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
          + "cert_2_last_rotated";

  private SekishoInstance sekisho;
  private IamClient iam;

  @BeforeEach
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
  }

  @AfterEach
  void stop() {
    iam.close();
    sekisho.close();
  }

  private static void gone(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.statusCode()).isEqualTo(410);
            });
  }

  private Map<String, Map<String, String>> rows() {
    List<String> lines =
        Arrays.asList(iam.getCredentialReport().content().asUtf8String().split("\n", -1));
    assertThat(lines.getFirst()).isEqualTo(HEAD);
    String[] columns = HEAD.split(",", -1);
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      assertThat(fields).hasSameSizeAs(columns);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], fields[i]);
      }
      rows.put(fields[0], row);
    }
    return rows;
  }

  @Test
  void aReportIsMadeOnceAndKeptForFourHours() {
    gone("ReportNotPresent", () -> iam.getCredentialReport());

    GenerateCredentialReportResponse first = iam.generateCredentialReport();
    assertThat(first.state()).isEqualTo(ReportStateType.STARTED);
    assertThat(first.description())
        .isEqualTo("No report exists. Starting a new report generation task");
    GetCredentialReportResponse report = iam.getCredentialReport();
    assertThat(report.reportFormatAsString()).isEqualTo("text/csv");
    iam.createUser(r -> r.userName("late"));
    sekisho.clock().advance(Duration.ofHours(3));

    assertThat(iam.generateCredentialReport().state()).isEqualTo(ReportStateType.COMPLETE);
    assertThat(iam.getCredentialReport().content()).isEqualTo(report.content());
    assertThat(iam.getCredentialReport().generatedTime()).isEqualTo(report.generatedTime());
    assertThat(rows()).containsOnlyKeys("<root_account>");

    sekisho.clock().advance(Duration.ofHours(1));
    gone("ReportExpired", () -> iam.getCredentialReport());
    assertThat(iam.generateCredentialReport().state()).isEqualTo(ReportStateType.STARTED);
    assertThat(rows()).containsOnlyKeys("<root_account>", "late");
    assertThat(iam.getCredentialReport().generatedTime()).isAfter(report.generatedTime());
  }

  @Test
  void whatAUserHasIsInItsRow() {
    iam.createUser(r -> r.userName("bare"));
    iam.createUser(r -> r.userName("full").path("/team/"));
    iam.updateAccountPasswordPolicy(r -> r.maxPasswordAge(30));
    iam.createLoginProfile(r -> r.userName("full").password("Report-Good-1"));
    AccessKey used = iam.createAccessKey(r -> r.userName("full")).accessKey();
    sekisho.clock().advance(Duration.ofSeconds(5));
    AccessKey idle = iam.createAccessKey(r -> r.userName("full")).accessKey();
    iam.updateAccessKey(
        r -> r.userName("full").accessKeyId(idle.accessKeyId()).status(StatusType.INACTIVE));
    try (StsClient sts =
        sekisho.client(
            StsClient.builder(),
            AwsBasicCredentials.create(used.accessKeyId(), used.secretAccessKey()))) {
      sts.getCallerIdentity();
    }

    iam.generateCredentialReport();

    Map<String, Map<String, String>> rows = rows();
    assertThat(rows.get("bare"))
        .containsEntry("arn", "arn:aws:iam::000000000001:user/bare")
        .containsEntry("password_enabled", "false")
        .containsEntry("password_last_used", "N/A")
        .containsEntry("password_last_changed", "N/A")
        .containsEntry("password_next_rotation", "N/A")
        .containsEntry("mfa_active", "false")
        .containsEntry("access_key_1_active", "false")
        .containsEntry("access_key_1_last_rotated", "N/A")
        .containsEntry("access_key_1_last_used_date", "N/A")
        .containsEntry("cert_1_active", "false")
        .containsEntry("cert_1_last_rotated", "N/A");
    Map<String, String> full = rows.get("full");
    Instant changed = time(full.get("password_last_changed"));
    assertThat(full)
        .containsEntry("arn", "arn:aws:iam::000000000001:user/team/full")
        .containsEntry("password_enabled", "true")
        .containsEntry("password_last_used", "no_information")
        .containsEntry("access_key_1_active", "true")
        .containsEntry("access_key_1_last_used_service", "sts")
        .containsEntry("access_key_1_last_used_region", "us-east-1")
        .containsEntry("access_key_2_active", "false")
        .containsEntry("access_key_2_last_used_date", "N/A");
    assertThat(time(full.get("password_next_rotation")))
        .isEqualTo(changed.plus(30, ChronoUnit.DAYS));
    assertThat(time(full.get("access_key_1_last_rotated"))).isEqualTo(used.createDate());
    assertThat(time(full.get("access_key_2_last_rotated"))).isEqualTo(idle.createDate());
    assertThat(rows.get("<root_account>"))
        .containsEntry("arn", "arn:aws:iam::000000000001:root")
        .containsEntry("password_enabled", "not_supported")
        .containsEntry("password_last_used", "no_information")
        .containsEntry("password_last_changed", "not_supported")
        .containsEntry("password_next_rotation", "not_supported")
        .containsEntry("mfa_active", "false")
        .containsEntry("access_key_1_active", "true")
        .containsEntry("access_key_1_last_used_service", "iam");
  }

  private static Instant time(String text) {
    assertThat(text).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
    return OffsetDateTime.parse(text).toInstant();
  }
}
