package dev.sekisho.iam;

import dev.sekisho.core.ServiceException;

/** The things in IAM that policies are attached to. */
enum EntityKind {
  USER("iam_user", "user", "User", 2_048, 10) {
    @Override
    ServiceException noSuch(String name) {
      return IamErrors.noSuchUser(name);
    }
  },
  GROUP("iam_group", "group", "Group", 5_120, 10) {
    @Override
    ServiceException noSuch(String name) {
      return IamErrors.noSuchGroup(name);
    }
  },
  ROLE("iam_role", "role", "Role", 10_240, 10) {
    @Override
    ServiceException noSuch(String name) {
      return IamErrors.noSuchRole(name);
    }
  };

  private final String table;
  private final String arnPrefix;
  private final String displayName;
  private final int inlineQuota;
  private final int attachedQuota;

  EntityKind(
      String table, String arnPrefix, String displayName, int inlineQuota, int attachedQuota) {
    this.table = table;
    this.arnPrefix = arnPrefix;
    this.displayName = displayName;
    this.inlineQuota = inlineQuota;
    this.attachedQuota = attachedQuota;
  }

  String table() {
    return table;
  }

  String arnPrefix() {
    return arnPrefix;
  }

  /** As messages and action names write it, for example {@code User}. */
  String displayName() {
    return displayName;
  }

  /** The characters, white space not counted, that all inline policies may have together. */
  int inlineQuota() {
    return inlineQuota;
  }

  /** How many managed policies may be attached. */
  int attachedQuota() {
    return attachedQuota;
  }

  abstract ServiceException noSuch(String name);
}
