package dev.sekisho.iam;

import dev.sekisho.core.RootAccess.Feature;
import java.util.EnumSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What of centralized root access each organization has enabled. */
final class OrganizationFeatureStore {

  private OrganizationFeatureStore() {}

  static Set<Feature> enabled(Handle handle, String organization) {
    Set<Feature> enabled = EnumSet.noneOf(Feature.class);
    handle
        .createQuery("select feature from iam_organization_feature where organization = :id")
        .bind("id", organization)
        .mapTo(String.class)
        .forEach(name -> enabled.add(Feature.valueOf(name)));
    return enabled;
  }

  /** Does nothing when it is enabled already. */
  static void enable(Handle handle, String organization, Feature feature) {
    handle.execute(
        "insert into iam_organization_feature (organization, feature) values (?, ?)"
            + " on conflict (organization, feature) do nothing",
        organization,
        feature.name());
  }

  /** Does nothing when it is not enabled. */
  static void disable(Handle handle, String organization, Feature feature) {
    handle.execute(
        "delete from iam_organization_feature where organization = ? and feature = ?",
        organization,
        feature.name());
  }
}
