package dev.sekisho.policy;

/** The kinds of policy a request meets, each with the name AWS's messages give it. */
public enum PolicyType {
  SERVICE_CONTROL("a service control policy", "service control policy"),
  RESOURCE_CONTROL("a resource control policy", "resource control policy"),
  RESOURCE("a resource-based policy", "resource-based policy"),
  TRUST("a role trust policy", "role trust policy"),
  VPC_ENDPOINT("a VPC endpoint policy", "VPC endpoint policy"),
  IDENTITY("an identity-based policy", "identity-based policy"),
  BOUNDARY("a permissions boundary", "permissions boundary"),
  SESSION("a session policy", "session policy");

  private final String withArticle;
  private final String name;

  PolicyType(String withArticle, String name) {
    this.withArticle = withArticle;
    this.name = name;
  }

  /** For example {@code a permissions boundary}. */
  public String withArticle() {
    return withArticle;
  }

  /** For example {@code permissions boundary}. */
  public String displayName() {
    return name;
  }
}
