package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.store.Database;

/** IAM's users and roles as the policies of other services name them. */
public final class IamDirectory implements PrincipalDirectory {

  private final Database database;

  public IamDirectory(Database database) {
    this.database = database;
  }

  @Override
  public boolean exists(Arn arn) {
    if (!arn.partition().equals(Arn.AWS)
        || !arn.region().isEmpty()
        || !arn.account().matches("[0-9]{12}")) {
      return false;
    }
    String[] path = arn.resource().split("/", -1);
    if (path.length == 1) {
      return arn.service().equals("iam") && path[0].equals("root");
    }
    return switch (arn.service() + ' ' + path[0]) {
      case "iam user" -> is(arn, EntityKind.USER, path[path.length - 1]);
      case "iam role" -> is(arn, EntityKind.ROLE, path[path.length - 1]);
      case "sts assumed-role" ->
          path.length == 3 && !path[2].isEmpty() && has(arn, EntityKind.ROLE, path[1]);
      case "sts federated-user" -> path.length == 2 && !path[1].isEmpty();
      default -> false;
    };
  }

  private boolean is(Arn arn, EntityKind kind, String name) {
    return database.read(handle ->
        EntityStore.find(handle, kind, new AccountId(arn.account()), name)
            .filter(entity -> entity.arn().equals(arn))
            .isPresent());
  }

  /** A session's ARN has its role's name, but not the role's path. */
  private boolean has(Arn session, EntityKind kind, String name) {
    return database.read(handle ->
        EntityStore.find(handle, kind, new AccountId(session.account()), name)
            .filter(entity -> entity.name().equals(name))
            .isPresent());
  }
}
