package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateServiceSpecificCredentialRequest;
import dev.sekisho.contract.iam.CreateServiceSpecificCredentialResponse;
import dev.sekisho.contract.iam.DeleteServiceSpecificCredentialRequest;
import dev.sekisho.contract.iam.DeleteServiceSpecificCredentialResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListServiceSpecificCredentialsRequest;
import dev.sekisho.contract.iam.ListServiceSpecificCredentialsResponse;
import dev.sekisho.contract.iam.ResetServiceSpecificCredentialRequest;
import dev.sekisho.contract.iam.ResetServiceSpecificCredentialResponse;
import dev.sekisho.contract.iam.ServiceSpecificCredential;
import dev.sekisho.contract.iam.ServiceSpecificCredentialMetadata;
import dev.sekisho.contract.iam.UpdateServiceSpecificCredentialRequest;
import dev.sekisho.contract.iam.UpdateServiceSpecificCredentialResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** User names and passwords, or API keys, for the few services that take no signatures. */
final class ServiceSpecificCredentials implements IamApi.ServiceSpecificCredentials {

  private static final int QUOTA = 2;
  private static final String BEDROCK = "bedrock.amazonaws.com";
  private static final Set<String> SERVICES =
      Set.of(BEDROCK, "cassandra.amazonaws.com", "codecommit.amazonaws.com");

  private final IamContext iam;

  ServiceSpecificCredentials(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateServiceSpecificCredentialResponse> createServiceSpecificCredential(
      Call<CreateServiceSpecificCredentialRequest> call) {
    CreateServiceSpecificCredentialRequest input = call.input();
    Integer days = input.credentialAgeDays();
    return Guarded.by(
        EntityChecks.ofUser(iam, call, input.userName())
            .with("iam:ServiceSpecificCredentialServiceName", input.serviceName())
            .with("iam:ServiceSpecificCredentialAgeDays", days == null ? null : days.toString()),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              Entity user = EntityStore.requireUser(handle, call, input.userName());
              requireSupported(input.serviceName());
              if (days != null && !input.serviceName().equals(BEDROCK)) {
                throw IamErrors.invalidInput(
                    "CredentialAgeDays is not supported for " + input.serviceName());
              }
              List<ServiceCredentialStore.Credential> present =
                  ServiceCredentialStore.ofUser(handle, user.id()).stream()
                      .filter(each -> each.service().equals(input.serviceName()))
                      .toList();
              if (present.size() >= QUOTA) {
                throw IamErrors.limitExceeded(
                    "Cannot exceed quota for ServiceSpecificCredentialsPerUser: " + QUOTA);
              }
              Instant now = iam.now();
              ServiceCredentialStore.Credential credential =
                  new ServiceCredentialStore.Credential(
                      iam.ids().serviceCredential(),
                      user.id(),
                      input.serviceName(),
                      serviceUserName(user, present),
                      CredentialStatus.ACTIVE,
                      now,
                      days == null ? null : now.plus(days, ChronoUnit.DAYS));
              Secret password = iam.ids().servicePassword();
              ServiceCredentialStore.insert(transaction, credential, password);
              return CreateServiceSpecificCredentialResponse.builder()
                  .serviceSpecificCredential(withPassword(user.name(), credential, password))
                  .build();
            }));
  }

  /** {@code NAME-at-ACCOUNT}; a second one of the same service is told apart by a number. */
  private static String serviceUserName(
      Entity user, List<ServiceCredentialStore.Credential> present) {
    String first = user.name() + "-at-" + user.account();
    return present.stream().anyMatch(each -> each.serviceUserName().equals(first))
        ? user.name() + "+1-at-" + user.account()
        : first;
  }

  @Override
  public Guarded<ListServiceSpecificCredentialsResponse> listServiceSpecificCredentials(
      Call<ListServiceSpecificCredentialsRequest> call) {
    ListServiceSpecificCredentialsRequest input = call.input();
    boolean allUsers = Boolean.TRUE.equals(input.allUsers());
    if (allUsers && input.userName() != null) {
      throw IamErrors.invalidInput("UserName and AllUsers cannot be given together.");
    }
    String name = allUsers ? "" : CallingUser.nameOr(input.userName(), call);
    return Guarded.by(
        allUsers
            ? AccessCheck.of(
                "iam:ListServiceSpecificCredentials", "arn:aws:iam::" + call.account() + ":user/*")
            : EntityChecks.ofUser(iam, call, name),
        _ -> {
          String service = input.serviceName();
          PageRequest request =
              PageRequest.of(
                  call, iam.pages(), name + "|" + service, input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                List<Entity> users =
                    allUsers
                        ? EntityStore.all(handle, EntityKind.USER, call.account())
                        : List.of(EntityStore.requireUser(handle, call, name));
                if (service != null) {
                  requireSupported(service);
                }
                List<ServiceSpecificCredentialMetadata> found =
                    users.stream()
                        .flatMap(user ->
                            ServiceCredentialStore.ofUser(handle, user.id()).stream()
                                .filter(each -> service == null || each.service().equals(service))
                                .map(each -> metadata(user.name(), each, iam.now())))
                        .filter(each ->
                            each.serviceSpecificCredentialId().compareTo(request.after()) > 0)
                        .sorted(
                            Comparator.comparing(
                                ServiceSpecificCredentialMetadata::serviceSpecificCredentialId))
                        .limit(request.limit() + 1L)
                        .toList();
                PageRequest.Page<ServiceSpecificCredentialMetadata> page =
                    request.cut(
                        found,
                        iam.pages(),
                        ServiceSpecificCredentialMetadata::serviceSpecificCredentialId);
                return Outcome.answer(
                    ListServiceSpecificCredentialsResponse.builder()
                        .serviceSpecificCredentials(page.items())
                        .isTruncated(page.truncated() ? true : null)
                        .marker(page.marker())
                        .build());
              });
        });
  }

  @Override
  public Guarded<UpdateServiceSpecificCredentialResponse> updateServiceSpecificCredential(
      Call<UpdateServiceSpecificCredentialRequest> call) {
    UpdateServiceSpecificCredentialRequest input = call.input();
    return change(
        call,
        input.userName(),
        input.serviceSpecificCredentialId(),
        (transaction, credential) -> {
          ServiceCredentialStore.setStatus(
              transaction, credential.id(), CredentialStatus.settable(input.status()));
          return UpdateServiceSpecificCredentialResponse.builder().build();
        });
  }

  @Override
  public Guarded<ResetServiceSpecificCredentialResponse> resetServiceSpecificCredential(
      Call<ResetServiceSpecificCredentialRequest> call) {
    ResetServiceSpecificCredentialRequest input = call.input();
    return change(
        call,
        input.userName(),
        input.serviceSpecificCredentialId(),
        (transaction, credential) -> {
          Secret password = iam.ids().servicePassword();
          ServiceCredentialStore.setPassword(transaction, credential.id(), password);
          return ResetServiceSpecificCredentialResponse.builder()
              .serviceSpecificCredential(
                  withPassword(CallingUser.nameOr(input.userName(), call), credential, password))
              .build();
        });
  }

  @Override
  public Guarded<DeleteServiceSpecificCredentialResponse> deleteServiceSpecificCredential(
      Call<DeleteServiceSpecificCredentialRequest> call) {
    DeleteServiceSpecificCredentialRequest input = call.input();
    return change(
        call,
        input.userName(),
        input.serviceSpecificCredentialId(),
        (transaction, credential) -> {
          ServiceCredentialStore.delete(transaction, credential.id());
          return DeleteServiceSpecificCredentialResponse.builder().build();
        });
  }

  private <O> Guarded<O> change(
      Call<?> call,
      @Nullable String userName,
      String credentialId,
      BiFunction<Transaction, ServiceCredentialStore.Credential, O> change) {
    String name = CallingUser.nameOr(userName, call);
    return Guarded.by(
        EntityChecks.ofUser(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              Entity user = EntityStore.requireUser(handle, call, name);
              return change.apply(
                  transaction,
                  ServiceCredentialStore.ofUser(handle, user.id()).stream()
                      .filter(each -> each.id().equals(credentialId))
                      .findFirst()
                      .orElseThrow(() ->
                          IamErrors.noSuchEntity(
                              "No such credential " + credentialId + " exists")));
            }));
  }

  private static void requireSupported(String service) {
    if (!SERVICES.contains(service)) {
      throw IamErrors.noSuchEntity(
          "No such service " + service + " is supported for Service Specific Credentials");
    }
  }

  private static boolean isApiKey(ServiceCredentialStore.Credential credential) {
    return credential.service().equals(BEDROCK);
  }

  private static ServiceSpecificCredential withPassword(
      String userName, ServiceCredentialStore.Credential credential, Secret password) {
    boolean apiKey = isApiKey(credential);
    String revealed = password.revealText();
    return ServiceSpecificCredential.builder()
        .createDate(credential.createdAt())
        .expirationDate(credential.expiresAt())
        .serviceName(credential.service())
        .serviceUserName(apiKey ? null : credential.serviceUserName())
        .servicePassword(apiKey ? null : revealed)
        .serviceCredentialAlias(apiKey ? credential.serviceUserName() : null)
        .serviceCredentialSecret(apiKey ? revealed : null)
        .serviceSpecificCredentialId(credential.id())
        .userName(userName)
        .status(credential.status())
        .build();
  }

  private static ServiceSpecificCredentialMetadata metadata(
      String userName, ServiceCredentialStore.Credential credential, Instant now) {
    boolean apiKey = isApiKey(credential);
    Instant expiresAt = credential.expiresAt();
    return ServiceSpecificCredentialMetadata.builder()
        .userName(userName)
        .status(
            expiresAt != null && !now.isBefore(expiresAt)
                ? CredentialStatus.EXPIRED
                : credential.status())
        .serviceUserName(apiKey ? null : credential.serviceUserName())
        .serviceCredentialAlias(apiKey ? credential.serviceUserName() : null)
        .createDate(credential.createdAt())
        .expirationDate(expiresAt)
        .serviceSpecificCredentialId(credential.id())
        .serviceName(credential.service())
        .build();
  }
}
