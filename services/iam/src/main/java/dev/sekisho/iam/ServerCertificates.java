package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeleteServerCertificateRequest;
import dev.sekisho.contract.iam.DeleteServerCertificateResponse;
import dev.sekisho.contract.iam.GetServerCertificateRequest;
import dev.sekisho.contract.iam.GetServerCertificateResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListServerCertificatesRequest;
import dev.sekisho.contract.iam.ListServerCertificatesResponse;
import dev.sekisho.contract.iam.ServerCertificate;
import dev.sekisho.contract.iam.ServerCertificateMetadata;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.UpdateServerCertificateRequest;
import dev.sekisho.contract.iam.UpdateServerCertificateResponse;
import dev.sekisho.contract.iam.UploadServerCertificateRequest;
import dev.sekisho.contract.iam.UploadServerCertificateResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.store.StoreTransaction;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Server certificates: uploaded with their private keys, which never come out again. */
final class ServerCertificates implements IamApi.ServerCertificates {

  private static final int QUOTA = 20;

  private final IamContext iam;
  private final ServerCertificateStore store;

  ServerCertificates(IamContext iam) {
    this.iam = iam;
    this.store = new ServerCertificateStore(iam.keyring());
  }

  @Override
  public Guarded<UploadServerCertificateResponse> uploadServerCertificate(
      Call<UploadServerCertificateRequest> call) {
    UploadServerCertificateRequest input = call.input();
    String path = Objects.requireNonNullElse(input.path(), "/");
    AccessCheck check =
        AccessCheck.of(
            "iam:UploadServerCertificate",
            ServerCertificateStore.arn(call.account(), path, input.serverCertificateName())
                .toString());
    return Guarded.by(
        TagStore.requested(check, input.tags()),
        _ -> {
          List<Tag> tags = TagStore.check(input.tags());
          Secret privateKey = Secret.of(input.privateKey());
          X509Certificate certificate = read(input, privateKey);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            requireFree(handle, call.account(), input.serverCertificateName());
            if (store.count(handle, call.account()) >= QUOTA) {
              throw IamErrors.limitExceeded(
                  "Cannot exceed quota for ServerCertificatesPerAccount: " + QUOTA);
            }
            ServerCertificateStore.Certificate stored =
                new ServerCertificateStore.Certificate(
                    iam.ids().serverCertificate(),
                    call.account(),
                    input.serverCertificateName(),
                    path,
                    input.certificateBody(),
                    input.certificateChain(),
                    iam.now(),
                    certificate.getNotAfter().toInstant());
            store.insert(transaction, stored, privateKey);
            TagStore.put(transaction, stored.id(), tags);
            return UploadServerCertificateResponse.builder()
                .serverCertificateMetadata(shown(stored))
                .tags(TagStore.shown(tags))
                .build();
          });
        });
  }

  private static X509Certificate read(UploadServerCertificateRequest input, Secret privateKey) {
    X509Certificate certificate = certificate(input.certificateBody());
    PrivateKey key;
    try {
      key = Certificates.privateKey(privateKey);
    } catch (IllegalArgumentException unreadable) {
      throw malformed(
          "Unable to parse private key. Please ensure the key is in PEM format and is not"
              + " encrypted.");
    }
    if (!Certificates.match(certificate.getPublicKey(), key)) {
      throw new ServiceException(
          "KeyPairMismatch", 400, "The public key certificate and the private key do not match.");
    }
    requireChain(certificate, input.certificateChain());
    return certificate;
  }

  /**
   * Reads one certificate.
   *
   * @throws ServiceException MalformedCertificate
   */
  static X509Certificate certificate(String pem) {
    try {
      return Certificates.one(pem);
    } catch (IllegalArgumentException unreadable) {
      throw malformed(
          "Unable to parse certificate. Please ensure the certificate is in PEM format.");
    }
  }

  private static void requireChain(X509Certificate certificate, @Nullable String pem) {
    if (pem == null) {
      return;
    }
    List<X509Certificate> chain;
    try {
      chain = Certificates.chain(pem);
    } catch (IllegalArgumentException unreadable) {
      throw malformed(
          "Unable to parse certificate chain. Please ensure the chain is in PEM format.");
    }
    if (!Certificates.isChain(certificate, chain)) {
      throw malformed(
          "Unable to validate certificate chain. The certificate chain must start with the"
              + " immediate signing certificate, followed by any intermediaries in order.");
    }
  }

  private static ServiceException malformed(String message) {
    return new ServiceException("MalformedCertificate", 400, message);
  }

  private void requireFree(Handle handle, AccountId account, String name) {
    if (store.find(handle, account, name).isPresent()) {
      throw new ServiceException(
          "EntityAlreadyExists",
          409,
          "The Server Certificate with name " + name + " already exists.");
    }
  }

  @Override
  public Guarded<GetServerCertificateResponse> getServerCertificate(
      Call<GetServerCertificateRequest> call) {
    String name = call.input().serverCertificateName();
    return Guarded.by(
        check(iam, call, name),
        _ ->
            iam.database()
                .read(handle -> {
                  ServerCertificateStore.Certificate found =
                      store.require(handle, call.account(), name);
                  return Outcome.answer(
                      GetServerCertificateResponse.builder()
                          .serverCertificate(
                              ServerCertificate.builder()
                                  .serverCertificateMetadata(shown(found))
                                  .certificateBody(found.body())
                                  .certificateChain(found.chain())
                                  .tags(TagStore.shown(TagStore.of(handle, found.id())))
                                  .build())
                          .build());
                }));
  }

  @Override
  public Guarded<ListServerCertificatesResponse> listServerCertificates(
      Call<ListServerCertificatesRequest> call) {
    ListServerCertificatesRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    return Guarded.by(
        AccessCheck.of(
            "iam:ListServerCertificates",
            "arn:aws:iam::" + call.account() + ":server-certificate" + prefix),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), prefix, input.marker(), input.maxItems());
          PageRequest.Page<ServerCertificateStore.Certificate> page =
              request.cut(
                  iam.database()
                      .read(handle -> store.list(handle, call.account(), prefix, request)),
                  iam.pages(),
                  each -> EntityStore.fold(each.name()));
          return Outcome.answer(
              ListServerCertificatesResponse.builder()
                  .serverCertificateMetadataList(
                      page.items().stream().map(ServerCertificates::shown).toList())
                  .isTruncated(page.truncated())
                  .marker(page.marker())
                  .build());
        });
  }

  @Override
  public Guarded<UpdateServerCertificateResponse> updateServerCertificate(
      Call<UpdateServerCertificateRequest> call) {
    UpdateServerCertificateRequest input = call.input();
    return Guarded.by(
        check(iam, call, input.serverCertificateName()),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              ServerCertificateStore.Certificate found =
                  store.require(handle, call.account(), input.serverCertificateName());
              String name =
                  Objects.requireNonNullElse(input.newServerCertificateName(), found.name());
              if (!EntityStore.fold(name).equals(EntityStore.fold(found.name()))) {
                requireFree(handle, call.account(), name);
              }
              store.rename(
                  transaction,
                  found.id(),
                  name,
                  Objects.requireNonNullElse(input.newPath(), found.path()));
              return UpdateServerCertificateResponse.builder().build();
            }));
  }

  @Override
  public Guarded<DeleteServerCertificateResponse> deleteServerCertificate(
      Call<DeleteServerCertificateRequest> call) {
    String name = call.input().serverCertificateName();
    return Guarded.by(
        check(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              store.delete(transaction, store.require(handle, call.account(), name).id());
              return DeleteServerCertificateResponse.builder().build();
            }));
  }

  /** The check for an operation on one certificate, by the ARN it has now or would have. */
  static AccessCheck check(IamContext iam, Call<?> call, String name) {
    ServerCertificateStore store = new ServerCertificateStore(iam.keyring());
    return iam.database()
        .read(handle -> {
          Optional<ServerCertificateStore.Certificate> found =
              store.find(handle, call.account(), name);
          AccessCheck check =
              AccessCheck.of(
                  "iam:" + call.context().operation(),
                  found
                      .map(ServerCertificateStore.Certificate::arn)
                      .orElseGet(() -> ServerCertificateStore.arn(call.account(), "/", name))
                      .toString());
          return found.isEmpty() ? check : TagStore.carried(check, handle, found.get().id());
        });
  }

  private static ServerCertificateMetadata shown(ServerCertificateStore.Certificate certificate) {
    return ServerCertificateMetadata.builder()
        .path(certificate.path())
        .serverCertificateName(certificate.name())
        .serverCertificateId(certificate.id())
        .arn(certificate.arn().toString())
        .uploadDate(certificate.uploadedAt())
        .expiration(certificate.expiresAt())
        .build();
  }
}
