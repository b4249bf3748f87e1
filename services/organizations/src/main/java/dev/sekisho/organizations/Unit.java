package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.OrganizationalUnit;
import org.jspecify.annotations.Nullable;

/**
 * The root of an organization, or an organizational unit below it.
 *
 * @param parent none for the root
 */
record Unit(String id, String organization, @Nullable String parent, String name) {

  boolean isRoot() {
    return parent == null;
  }

  OrganizationalUnit shown(Organization organization, String path) {
    return OrganizationalUnit.builder()
        .id(id)
        .arn(organization.entityArn(id))
        .name(name)
        .path(path)
        .build();
  }
}
