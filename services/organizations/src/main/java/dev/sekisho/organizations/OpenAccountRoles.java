package dev.sekisho.organizations;

import dev.sekisho.core.Arn;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.RoleDirectory;
import java.util.Optional;

/** The roles of accounts that were not closed: no session is begun in one that was. */
public final class OpenAccountRoles implements RoleDirectory {

  private final RoleDirectory roles;
  private final OrganizationDirectory directory;

  public OpenAccountRoles(RoleDirectory roles, OrganizationDirectory directory) {
    this.roles = roles;
    this.directory = directory;
  }

  @Override
  public Optional<Role> find(Arn arn) {
    return roles.find(arn).filter(role -> !directory.isSuspended(role.account()));
  }
}
