package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.RoleDirectory;
import dev.sekisho.store.Database;
import java.time.Duration;
import java.util.Optional;

/** IAM's roles as STS sees them. */
public final class IamRoles implements RoleDirectory {

  private final Database database;

  public IamRoles(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Role> find(Arn arn) {
    if (!arn.service().equals("iam")
        || !arn.resource().startsWith("role/")
        || !arn.account().matches("[0-9]{12}")) {
      return Optional.empty();
    }
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    return database.read(handle ->
        RoleStore.find(handle, new AccountId(arn.account()), name)
            .filter(role -> role.entity().arn().equals(arn))
            .map(role ->
                new Role(
                    role.entity().account(),
                    role.entity().path(),
                    role.entity().name(),
                    role.entity().id(),
                    role.trustPolicy(),
                    Duration.ofSeconds(role.maxSessionSeconds()))));
  }
}
