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
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** X.509 signing certificates of users and of the root user. */
final class SigningCertificates implements IamApi.SigningCertificates {

  private static final int QUOTA = 2;

  private final IamContext iam;

  /** A certificate, in PEM. */
  record Signing(String id, String body, String status, Instant uploadedAt) {}

  SigningCertificates(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<UploadSigningCertificateResponse> uploadSigningCertificate(
      Call<UploadSigningCertificateRequest> call) {
    UploadSigningCertificateRequest input = call.input();
    String name = input.userName();
    return Guarded.by(
        CredentialOwner.check(iam, call, name),
        _ -> {
          X509Certificate certificate = ServerCertificates.certificate(input.certificateBody());
          if (certificate.getNotAfter().toInstant().isBefore(iam.now())) {
            throw new ServiceException("InvalidCertificate", 400, "The certificate has expired.");
          }
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            CredentialOwner owner = CredentialOwner.require(handle, call, name);
            List<Signing> present = of(handle, owner);
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
            insert(handle, owner, signing);
            return UploadSigningCertificateResponse.builder()
                .certificate(shown(owner.name(), signing))
                .build();
          });
        });
  }

  @Override
  public Guarded<ListSigningCertificatesResponse> listSigningCertificates(
      Call<ListSigningCertificatesRequest> call) {
    String name = call.input().userName();
    // A user has two certificates at most, so there is one page.
    return Guarded.by(
        CredentialOwner.check(iam, call, name),
        _ ->
            iam.database()
                .read(handle -> {
                  CredentialOwner owner = CredentialOwner.require(handle, call, name);
                  return Outcome.answer(
                      ListSigningCertificatesResponse.builder()
                          .certificates(
                              of(handle, owner).stream()
                                  .map(each -> shown(owner.name(), each))
                                  .toList())
                          .isTruncated(false)
                          .build());
                }));
  }

  @Override
  public Guarded<UpdateSigningCertificateResponse> updateSigningCertificate(
      Call<UpdateSigningCertificateRequest> call) {
    UpdateSigningCertificateRequest input = call.input();
    return change(
        call,
        input.userName(),
        input.certificateId(),
        (handle, table) -> {
          handle.execute(
              "update " + table + " set status = ? where id = ?",
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
        input.userName(),
        input.certificateId(),
        (handle, table) -> {
          handle.execute("delete from " + table + " where id = ?", input.certificateId());
          return DeleteSigningCertificateResponse.builder().build();
        });
  }

  private <O> Guarded<O> change(
      Call<?> call,
      @Nullable String name,
      String certificateId,
      BiFunction<Handle, String, O> change) {
    return Guarded.by(
        CredentialOwner.check(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              CredentialOwner owner = CredentialOwner.require(handle, call, name);
              if (of(handle, owner).stream().noneMatch(each -> each.id().equals(certificateId))) {
                throw IamErrors.noSuchEntity(
                    "The Certificate with id " + certificateId + " cannot be found.");
              }
              return change.apply(handle, table(owner));
            }));
  }

  private static String table(CredentialOwner owner) {
    return owner.user() == null ? "iam_root_signing_certificate" : "iam_signing_certificate";
  }

  private static String column(CredentialOwner owner) {
    return owner.user() == null ? "account" : "user_id";
  }

  static List<Signing> of(Handle handle, CredentialOwner owner) {
    return handle
        .createQuery(
            "select id, body, status, uploaded_at from "
                + table(owner)
                + " where "
                + column(owner)
                + " = :owner order by uploaded_at, id")
        .bind("owner", owner.id())
        .map((row, _) ->
            new Signing(
                row.getString("id"),
                row.getString("body"),
                row.getString("status"),
                Instant.ofEpochSecond(row.getLong("uploaded_at"))))
        .list();
  }

  private static void insert(Handle handle, CredentialOwner owner, Signing signing) {
    handle.execute(
        "insert into "
            + table(owner)
            + " (id, "
            + column(owner)
            + ", body, status, uploaded_at) values (?, ?, ?, ?, ?)",
        signing.id(),
        owner.id(),
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
