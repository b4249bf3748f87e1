package dev.sekisho.iam;

import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import java.util.Optional;

/** The check for an operation on one user, group or role, with what conditions can ask of it. */
final class EntityChecks {

  private EntityChecks() {}

  /** For a call that is about one user. */
  static AccessCheck ofUser(IamContext iam, Call<?> call, String name) {
    return of(iam, "iam:" + call.context().operation(), EntityKind.USER, call.account(), name);
  }

  /** By the ARN the entity has now; for one that is not there, by the ARN it would have. */
  static AccessCheck of(
      IamContext iam, String action, EntityKind kind, AccountId account, String name) {
    return iam.database()
        .read(handle -> {
          Optional<Entity> found = EntityStore.find(handle, kind, account, name);
          AccessCheck check =
              AccessCheck.of(
                  action,
                  found
                      .map(Entity::arn)
                      .orElseGet(() -> Entity.arn(kind, account, "/", name))
                      .toString());
          if (found.isPresent()) {
            check = check.with("iam:PermissionsBoundary", found.get().boundary());
            for (Tag tag : TagStore.of(handle, found.get().id())) {
              check = check.with("iam:ResourceTag/" + tag.key(), tag.value());
            }
            check = TagStore.carried(check, handle, found.get().id());
          }
          return check;
        });
  }
}
