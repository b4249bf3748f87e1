package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.CreatePermissionRequest;
import dev.sekisho.contract.acmpca.CreatePermissionResponse;
import dev.sekisho.contract.acmpca.DeletePermissionRequest;
import dev.sekisho.contract.acmpca.DeletePermissionResponse;
import dev.sekisho.contract.acmpca.ListPermissionsRequest;
import dev.sekisho.contract.acmpca.ListPermissionsResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.util.Objects;

/** What services may do with an authority of their own accord. */
final class Permissions implements AcmPcaApi.Permissions {

  private static final String ONLY = "acm.amazonaws.com";

  private final AuthorityWork work;

  Permissions(AuthorityWork work) {
    this.work = work;
  }

  @Override
  public Guarded<CreatePermissionResponse> createPermission(Call<CreatePermissionRequest> call) {
    CreatePermissionRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          if (!input.principal().equals(ONLY)) {
            throw AcmPcaErrors.requestFailed("The only valid principal is " + ONLY + ".");
          }
          String account =
              Objects.requireNonNullElse(input.sourceAccount(), authority.account().value());
          if (!account.equals(authority.account().value())) {
            throw AcmPcaErrors.requestFailed(
                "The source account must be the certificate authority's.");
          }
          return Outcome.change(transaction -> {
            AuthorityWork.again(transaction, authority);
            int inserted =
                StoreTransaction.handle(transaction)
                    .execute(
                        "insert into acmpca_permission (authority, principal, source_account,"
                            + " actions, created_at) values (?, ?, ?, ?, ?)"
                            + " on conflict do nothing",
                        authority.arn(),
                        input.principal(),
                        account,
                        String.join(",", input.actions().stream().distinct().toList()),
                        work.context().now().toEpochMilli());
            if (inserted == 0) {
              throw AcmPcaErrors.permissionExists();
            }
            return CreatePermissionResponse.builder().build();
          });
        });
  }

  @Override
  public Guarded<DeletePermissionResponse> deletePermission(Call<DeletePermissionRequest> call) {
    DeletePermissionRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) ->
            Outcome.change(transaction -> {
              int deleted =
                  StoreTransaction.handle(transaction)
                      .execute(
                          "delete from acmpca_permission where authority = ? and principal = ?"
                              + " and source_account = ?",
                          authority.arn(),
                          input.principal(),
                          Objects.requireNonNullElse(
                              input.sourceAccount(), authority.account().value()));
              if (deleted == 0) {
                throw AcmPcaErrors.notFound("The principal has no permissions.");
              }
              return DeletePermissionResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListPermissionsResponse> listPermissions(Call<ListPermissionsRequest> call) {
    ListPermissionsRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          // One principal in one account: there is never a second page, and no token is ours.
          var _ = work.open(AuthorityWork.list(call, authority.arn()), input.nextToken());
          return Outcome.answer(
              ListPermissionsResponse.builder()
                  .permissions(
                      work.context()
                          .database()
                          .read(handle -> PermissionStore.of(handle, authority)))
                  .build());
        });
  }
}
