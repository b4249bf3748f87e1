package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.CertificateOptions;
import dev.sekisho.contract.acm.DeleteCertificateRequest;
import dev.sekisho.contract.acm.DeleteCertificateResponse;
import dev.sekisho.contract.acm.DescribeCertificateRequest;
import dev.sekisho.contract.acm.DescribeCertificateResponse;
import dev.sekisho.contract.acm.ExportCertificateRequest;
import dev.sekisho.contract.acm.ExportCertificateResponse;
import dev.sekisho.contract.acm.GetCertificateRequest;
import dev.sekisho.contract.acm.GetCertificateResponse;
import dev.sekisho.contract.acm.UpdateCertificateOptionsRequest;
import dev.sekisho.contract.acm.UpdateCertificateOptionsResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.EncryptedPrivateKey;
import dev.sekisho.crypto.x509.Pem;
import java.nio.charset.StandardCharsets;

/** Shows certificates, gives them out with and without their keys, and deletes them. */
final class HeldCertificates implements AcmApi.Certificates {

  /** What a passphrase must not hold. */
  private static final String FORBIDDEN = "#$%";

  private final CertificateWork work;
  private final CertificateStore store;

  HeldCertificates(CertificateWork work) {
    this.work = work;
    this.store = new CertificateStore(work.context().keyring());
  }

  @Override
  public Guarded<DescribeCertificateResponse> describeCertificate(
      Call<DescribeCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) ->
            Outcome.answer(
                DescribeCertificateResponse.builder()
                    .certificate(
                        work.context()
                            .database()
                            .read(handle ->
                                CertificateDetails.detail(
                                    handle, certificate, work.context().now())))
                    .build()));
  }

  @Override
  public Guarded<GetCertificateResponse> getCertificate(Call<GetCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) -> {
          StoredCertificate.Content content = content(certificate);
          return Outcome.answer(
              GetCertificateResponse.builder()
                  .certificate(content.certificate())
                  .certificateChain(content.chain())
                  .build());
        });
  }

  private static StoredCertificate.Content content(StoredCertificate certificate) {
    StoredCertificate.Content content = certificate.content();
    if (content == null) {
      throw certificate.status() == StoredCertificate.Status.PENDING_VALIDATION
          ? AcmErrors.inProgress(certificate.arn())
          : AcmErrors.validation("The certificate was not issued.");
    }
    return content;
  }

  @Override
  public Guarded<ExportCertificateResponse> exportCertificate(Call<ExportCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) -> {
          StoredCertificate.Content content = content(certificate);
          if (!certificate.exportable()) {
            throw AcmErrors.validation(
                "Certificate " + certificate.arn() + " is not eligible for export.");
          }
          requirePassphrase(call.input().passphrase());
          String key = encrypted(certificate, call.input().passphrase());
          return Outcome.change(transaction -> {
            StoredCertificate again = CertificateWork.again(transaction, certificate);
            CertificateStore.setExported(transaction, certificate.arn());
            if (!again.exported() && again.status() == StoredCertificate.Status.ISSUED) {
              // From now on somebody has it, so it is renewed.
              CertificateStore.setDue(
                  transaction, certificate.arn(), content.notAfter().minus(Validator.AHEAD));
            }
            return ExportCertificateResponse.builder()
                .certificate(content.certificate())
                .certificateChain(content.chain())
                .privateKey(key)
                .build();
          });
        });
  }

  private static void requirePassphrase(Blob passphrase) {
    for (byte each : passphrase.bytes()) {
      if (each < ' ' || FORBIDDEN.indexOf(each) >= 0) {
        throw AcmErrors.validation(
            "The passphrase can have any ASCII character except #, $, or %.");
      }
    }
  }

  private String encrypted(StoredCertificate certificate, Blob passphrase) {
    Secret key = work.context().database().read(handle -> store.key(handle, certificate.arn()));
    return Pem.write(
        "ENCRYPTED PRIVATE KEY",
        EncryptedPrivateKey.encrypt(
            key,
            Secret.of(new String(passphrase.bytes(), StandardCharsets.US_ASCII)),
            work.context().randomness()));
  }

  @Override
  public Guarded<DeleteCertificateResponse> deleteCertificate(Call<DeleteCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) ->
            Outcome.change(transaction -> {
              CertificateStore.delete(transaction, CertificateWork.again(transaction, certificate));
              return DeleteCertificateResponse.builder().build();
            }));
  }

  @Override
  public Guarded<UpdateCertificateOptionsResponse> updateCertificateOptions(
      Call<UpdateCertificateOptionsRequest> call) {
    CertificateOptions options = call.input().options();
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) -> {
          if (certificate.kind() == StoredCertificate.Kind.IMPORTED) {
            throw AcmErrors.invalidState("Imported certificates have no options.");
          }
          if (options.export() != null && certificate.kind() == StoredCertificate.Kind.PRIVATE) {
            throw AcmErrors.validation("The export option of a private certificate is fixed.");
          }
          if ("DISABLED".equals(options.export()) && certificate.exported()) {
            throw AcmErrors.invalidState("The certificate was exported already.");
          }
          String transparency = options.certificateTransparencyLoggingPreference();
          return Outcome.change(transaction -> {
            CertificateWork.again(transaction, certificate);
            CertificateStore.setOptions(
                transaction,
                certificate.arn(),
                transparency == null ? certificate.transparency() : transparency.equals("ENABLED"),
                options.export() == null
                    ? certificate.exportable()
                    : options.export().equals("ENABLED"));
            return UpdateCertificateOptionsResponse.builder().build();
          });
        });
  }
}
