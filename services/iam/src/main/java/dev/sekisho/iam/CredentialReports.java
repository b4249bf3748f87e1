package dev.sekisho.iam;

import dev.sekisho.contract.iam.GenerateCredentialReportRequest;
import dev.sekisho.contract.iam.GenerateCredentialReportResponse;
import dev.sekisho.contract.iam.GetCredentialReportRequest;
import dev.sekisho.contract.iam.GetCredentialReportResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The list of all users with the state of their credentials, made anew every four hours. */
final class CredentialReports implements IamApi.CredentialReports {

  private static final Duration FRESH = Duration.ofHours(4);

  private record Report(String content, Instant generatedAt) {}

  private final IamContext iam;

  CredentialReports(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<GenerateCredentialReportResponse> generateCredentialReport(
      Call<GenerateCredentialReportRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:GenerateCredentialReport", "*"),
        _ -> {
          Optional<Report> present = iam.database().read(handle -> find(handle, call.account()));
          if (present.filter(this::isFresh).isPresent()) {
            return Outcome.answer(
                GenerateCredentialReportResponse.builder().state("COMPLETE").build());
          }
          iam.history().catchUp();
          String content =
              iam.database()
                  .read(handle -> new CredentialReport(iam, handle, call.account()).csv());
          return Outcome.change(transaction -> {
            StoreTransaction.handle(transaction)
                .execute(
                    "insert into iam_credential_report (account, content, generated_at)"
                        + " values (?, ?, ?) on conflict (account) do update set"
                        + " content = excluded.content, generated_at = excluded.generated_at",
                    call.account().value(),
                    content,
                    iam.now().getEpochSecond());
            return GenerateCredentialReportResponse.builder()
                .state("STARTED")
                .description(
                    present.isEmpty()
                        ? "No report exists. Starting a new report generation task"
                        : "Report has expired. Starting a new report generation task")
                .build();
          });
        });
  }

  @Override
  public Guarded<GetCredentialReportResponse> getCredentialReport(
      Call<GetCredentialReportRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:GetCredentialReport", "*"),
        _ -> {
          Report report =
              iam.database()
                  .read(handle -> find(handle, call.account()))
                  .orElseThrow(() ->
                      new ServiceException(
                          "ReportNotPresent",
                          410,
                          "No report exists. Call GenerateCredentialReport to generate one."));
          if (!isFresh(report)) {
            throw new ServiceException(
                "ReportExpired",
                410,
                "Report has expired. Call GenerateCredentialReport to generate a new one.");
          }
          return Outcome.answer(
              GetCredentialReportResponse.builder()
                  .content(Blob.of(report.content().getBytes(StandardCharsets.UTF_8)))
                  .reportFormat("text/csv")
                  .generatedTime(report.generatedAt())
                  .build());
        });
  }

  private boolean isFresh(Report report) {
    return iam.now().isBefore(report.generatedAt().plus(FRESH));
  }

  private static Optional<Report> find(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "select content, generated_at from iam_credential_report where account = :account")
        .bind("account", account.value())
        .map((row, _) ->
            new Report(
                row.getString("content"), Instant.ofEpochSecond(row.getLong("generated_at"))))
        .findOne();
  }
}
