package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.RevokeCertificateRequest;
import dev.sekisho.contract.acm.RevokeCertificateResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;

/** Revokes public certificates that somebody has. */
final class Revocation implements AcmApi.Revocation {

  private final CertificateWork work;

  Revocation(CertificateWork work) {
    this.work = work;
  }

  @Override
  public Guarded<RevokeCertificateResponse> revokeCertificate(Call<RevokeCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) ->
            Outcome.change(transaction -> {
              StoredCertificate again = CertificateWork.again(transaction, certificate);
              if (again.status() == StoredCertificate.Status.REVOKED) {
                throw AcmErrors.conflict("The certificate is revoked already.");
              }
              if (again.kind() != StoredCertificate.Kind.AMAZON_ISSUED || !again.exported()) {
                throw AcmErrors.validation(
                    "Only public certificates that were exported can be revoked.");
              }
              CertificateStore.setRevoked(
                  transaction,
                  certificate.arn(),
                  work.context().now(),
                  call.input().revocationReason());
              return RevokeCertificateResponse.builder().certificateArn(certificate.arn()).build();
            }));
  }
}
