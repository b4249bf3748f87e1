package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeleteSigningCertificateRequest;
import dev.sekisho.contract.iam.DeleteSigningCertificateResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListSigningCertificatesRequest;
import dev.sekisho.contract.iam.ListSigningCertificatesResponse;
import dev.sekisho.contract.iam.SigningCertificate;
import dev.sekisho.contract.iam.UpdateSigningCertificateRequest;
import dev.sekisho.contract.iam.UpdateSigningCertificateResponse;
import dev.sekisho.contract.iam.UploadSigningCertificateRequest;
import dev.sekisho.contract.iam.UploadSigningCertificateResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** X.509 signing certificates of users. */
final class SigningCertificates implements IamApi.SigningCertificates {

  private static final int QUOTA = 2;

  private final IamContext iam;

  /** A user's certificate, in PEM. */
  record Signing(String id, String body, String status, Instant uploadedAt) {}

  SigningCertificates(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<UploadSigningCertificateResponse> uploadSigningCertificate(
      Call<UploadSigningCertificateRequest> call) {
    UploadSigningCertificateRequest input = call.input();
    String name = CallingUser.nameOr(input.userName(), call);
    return Guarded.by(
        EntityChecks.ofUser(iam, call, name),
        _ -> {
          X509Certificate certificate = ServerCertificates.certificate(input.certificateBody());
          if (certificate.getNotAfter().toInstant().isBefore(iam.now())) {
            throw new ServiceException("InvalidCertificate", 400, "The certificate has expired.");
          }
          return Outcome.change(transaction -> {
            Entity user = EntityStore.require(transaction, EntityKind.USER, call.account(), name);
            Handle handle = StoreTransaction.handle(transaction);
            List<Signing> present = of(handle, user.id());
            if (present.stream()
                .anyMatch(
                    each -> ServerCertificates.certificate(each.body()).equals(certificate))) {
              throw new ServiceException(
                  "DuplicateCertificate",
                  409,
                  "The certificate is already associated with the user.");
            }
            if (present.size() >= QUOTA) {
              throw IamErrors.limitExceeded(
                  "Cannot exceed quota for SigningCertificatesPerUser: " + QUOTA);
            }
            Signing signing =
                new Signing(
                    iam.ids().signingCertificate(),
                    input.certificateBody(),
                    CredentialStatus.ACTIVE,
                    iam.now());
            insert(handle, user.id(), signing);
            return UploadSigningCertificateResponse.builder()
                .certificate(shown(user.name(), signing))
                .build();
          });
        });
  }

  @Override
  public Guarded<ListSigningCertificatesResponse> listSigningCertificates(
      Call<ListSigningCertificatesRequest> call) {
    String name = CallingUser.nameOr(call.input().userName(), call);
    // A user has two certificates at most, so there is one page.
    return Guarded.by(
        EntityChecks.ofUser(iam, call, name),
        _ ->
            Outcome.answer(
                ListSigningCertificatesResponse.builder()
                    .certificates(
                        iam
                            .database()
                            .read(handle ->
                                of(handle, EntityStore.requireUser(handle, call, name).id()))
                            .stream()
                            .map(each -> shown(name, each))
                            .toList())
                    .isTruncated(false)
                    .build()));
  }

  @Override
  public Guarded<UpdateSigningCertificateResponse> updateSigningCertificate(
      Call<UpdateSigningCertificateRequest> call) {
    UpdateSigningCertificateRequest input = call.input();
    return change(
        call,
        CallingUser.nameOr(input.userName(), call),
        input.certificateId(),
        handle -> {
          handle.execute(
              "update iam_signing_certificate set status = ? where id = ?",
              CredentialStatus.settable(input.status()),
              input.certificateId());
          return UpdateSigningCertificateResponse.builder().build();
        });
  }

  @Override
  public Guarded<DeleteSigningCertificateResponse> deleteSigningCertificate(
      Call<DeleteSigningCertificateRequest> call) {
    DeleteSigningCertificateRequest input = call.input();
    return change(
        call,
        CallingUser.nameOr(input.userName(), call),
        input.certificateId(),
        handle -> {
          handle.execute("delete from iam_signing_certificate where id = ?", input.certificateId());
          return DeleteSigningCertificateResponse.builder().build();
        });
  }

  private <O> Guarded<O> change(
      Call<?> call, String name, String certificateId, Function<Handle, O> change) {
    return Guarded.by(
        EntityChecks.ofUser(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              if (of(handle, EntityStore.requireUser(handle, call, name).id()).stream()
                  .noneMatch(each -> each.id().equals(certificateId))) {
                throw IamErrors.noSuchEntity(
                    "The Certificate with id " + certificateId + " cannot be found.");
              }
              return change.apply(handle);
            }));
  }

  static List<Signing> of(Handle handle, String userId) {
    return handle
        .createQuery(
            "select id, body, status, uploaded_at from iam_signing_certificate"
                + " where user_id = :user order by uploaded_at, id")
        .bind("user", userId)
        .map((row, _) ->
            new Signing(
                row.getString("id"),
                row.getString("body"),
                row.getString("status"),
                Instant.ofEpochSecond(row.getLong("uploaded_at"))))
        .list();
  }

  private static void insert(Handle handle, String userId, Signing signing) {
    handle.execute(
        "insert into iam_signing_certificate (id, user_id, body, status, uploaded_at)"
            + " values (?, ?, ?, ?, ?)",
        signing.id(),
        userId,
        signing.body(),
        signing.status(),
        signing.uploadedAt().getEpochSecond());
  }

  private static SigningCertificate shown(String name, Signing signing) {
    return SigningCertificate.builder()
        .userName(name)
        .certificateId(signing.id())
        .certificateBody(signing.body())
        .status(signing.status())
        .uploadDate(signing.uploadedAt())
        .build();
  }
}
