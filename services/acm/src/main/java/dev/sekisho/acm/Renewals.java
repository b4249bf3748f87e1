package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.RenewCertificateRequest;
import dev.sekisho.contract.acm.RenewCertificateResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;

/** Has a certificate renewed before its time; how that went is said by the certificate. */
final class Renewals implements AcmApi.Renewals {

  private final CertificateWork work;

  Renewals(CertificateWork work) {
    this.work = work;
  }

  @Override
  public Guarded<RenewCertificateResponse> renewCertificate(Call<RenewCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) -> {
          if (!certificate.isEligible()) {
            throw AcmErrors.validation(
                "Certificate " + certificate.arn() + " is not eligible for renewal.");
          }
          return Outcome.change(transaction -> {
            CertificateWork.again(transaction, certificate);
            CertificateStore.setRenewal(
                transaction,
                certificate.arn(),
                new StoredCertificate.Renewal("PENDING_AUTO_RENEWAL", null, work.context().now()));
            CertificateStore.setDue(transaction, certificate.arn(), work.context().now());
            return RenewCertificateResponse.builder().build();
          });
        });
  }
}
