package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.Permission;
import dev.sekisho.core.ResourcePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of permissions, and what they mean to the policy engine. */
final class PermissionStore {

  private PermissionStore() {}

  static List<Permission> of(Handle handle, StoredAuthority authority) {
    return handle
        .createQuery(
            "select principal, source_account, actions, created_at from acmpca_permission"
                + " where authority = :authority order by principal, source_account")
        .bind("authority", authority.arn())
        .map((row, _) ->
            Permission.builder()
                .certificateAuthorityArn(authority.arn())
                .principal(row.getString(1))
                .sourceAccount(row.getString(2))
                .actions(List.of(row.getString(3).split(",")))
                .createdAt(Instant.ofEpochMilli(row.getLong(4)))
                .build())
        .list();
  }

  /** The policy that lets services act of their own accord; null when none may. */
  static @Nullable ResourcePolicy policy(Handle handle, StoredAuthority authority) {
    List<Permission> permissions = of(handle, authority);
    return permissions.isEmpty()
        ? null
        : new ResourcePolicy(
            ResourcePolicy.Kind.ORDINARY,
            permissions.stream()
                .map(each -> statement(authority, each))
                .collect(
                    Collectors.joining(",", "{\"Version\":\"2012-10-17\",\"Statement\":[", "]}")));
  }

  private static String statement(StoredAuthority authority, Permission permission) {
    return """
    {"Effect":"Allow","Principal":{"Service":"%s"},"Action":[%s],"Resource":"%s",
     "Condition":{"StringEquals":{"aws:SourceAccount":"%s"}}}\
    """
        .formatted(
            permission.principal(),
            Objects.requireNonNull(permission.actions()).stream()
                .map(action -> "\"acm-pca:" + action + "\"")
                .collect(Collectors.joining(",")),
            authority.arn(),
            permission.sourceAccount());
  }
}
