package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.CreateCertificateAuthorityAuditReportRequest;
import dev.sekisho.contract.acmpca.CreateCertificateAuthorityAuditReportResponse;
import dev.sekisho.contract.acmpca.DescribeCertificateAuthorityAuditReportRequest;
import dev.sekisho.contract.acmpca.DescribeCertificateAuthorityAuditReportResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Writes down in a bucket what an authority has issued and revoked. */
final class AuditReports implements AcmPcaApi.AuditReports {

  private final AuthorityWork work;

  AuditReports(AuthorityWork work) {
    this.work = work;
  }

  @Override
  public Guarded<CreateCertificateAuthorityAuditReportResponse>
      createCertificateAuthorityAuditReport(
          Call<CreateCertificateAuthorityAuditReportRequest> call) {
    CreateCertificateAuthorityAuditReportRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          String id = work.context().randomness().uuid().toString();
          boolean json = input.auditReportResponseFormat().equals("JSON");
          String key =
              "audit-report/"
                  + authority.id()
                  + '/'
                  + id
                  + '.'
                  + input.auditReportResponseFormat().toLowerCase(Locale.ROOT);
          Blob report =
              work.context().database().read(handle -> AuditReport.of(handle, authority, json));
          put(authority, input.s3BucketName(), key, report, json);
          Instant now = work.context().now();
          return Outcome.change(transaction -> {
            StoreTransaction.handle(transaction)
                .execute(
                    "insert into acmpca_report (id, authority, bucket, object_key, created_at)"
                        + " values (?, ?, ?, ?, ?)",
                    id,
                    authority.arn(),
                    input.s3BucketName(),
                    key,
                    now.toEpochMilli());
            return CreateCertificateAuthorityAuditReportResponse.builder()
                .auditReportId(id)
                .s3Key(key)
                .build();
          });
        });
  }

  private void put(
      StoredAuthority authority, String bucket, String key, Blob report, boolean json) {
    try {
      work.context()
          .objects()
          .put(
              authority.sender(),
              new ObjectStore.Upload(
                  bucket,
                  key,
                  report,
                  json ? "application/json" : "text/csv",
                  null,
                  Map.of(),
                  null));
    } catch (ServiceException refused) {
      throw AcmPcaErrors.requestFailed(
          "The audit report cannot be written to the bucket " + bucket + ": " + refused.code());
    }
  }

  @Override
  public Guarded<DescribeCertificateAuthorityAuditReportResponse>
      describeCertificateAuthorityAuditReport(
          Call<DescribeCertificateAuthorityAuditReportRequest> call) {
    DescribeCertificateAuthorityAuditReportRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) ->
            Outcome.answer(
                work.context()
                    .database()
                    .read(handle ->
                        handle
                            .createQuery(
                                "select bucket, object_key, created_at from acmpca_report"
                                    + " where id = :id and authority = :authority")
                            .bind("id", input.auditReportId())
                            .bind("authority", authority.arn())
                            .map((row, _) ->
                                DescribeCertificateAuthorityAuditReportResponse.builder()
                                    .auditReportStatus("SUCCESS")
                                    .s3BucketName(row.getString(1))
                                    .s3Key(row.getString(2))
                                    .createdAt(Instant.ofEpochMilli(row.getLong(3)))
                                    .build())
                            .findOne())
                    .orElseThrow(() ->
                        AcmPcaErrors.notFound(
                            "Could not find the audit report " + input.auditReportId()))));
  }
}
