package dev.sekisho.organizations;

/** What a policy governs, and how much of its kind there may be. */
enum PolicyType {
  SERVICE_CONTROL_POLICY(5_120, 5),
  RESOURCE_CONTROL_POLICY(5_120, 5),
  TAG_POLICY(10_000, 10),
  BACKUP_POLICY(10_000, 10),
  AISERVICES_OPT_OUT_POLICY(2_500, 5),
  CHATBOT_POLICY(10_000, 5),
  DECLARATIVE_POLICY_EC2(10_000, 10),
  SECURITYHUB_POLICY(10_000, 10),
  INSPECTOR_POLICY(10_000, 10),
  UPGRADE_ROLLOUT_POLICY(10_000, 10),
  BEDROCK_POLICY(10_000, 10),
  S3_POLICY(10_000, 10),
  NETWORK_SECURITY_DIRECTOR_POLICY(10_000, 10);

  private final int characters;
  private final int attachments;

  PolicyType(int characters, int attachments) {
    this.characters = characters;
    this.attachments = attachments;
  }

  /** How long a document may be. */
  int characters() {
    return characters;
  }

  /** How many one root, unit or account may carry. */
  int attachments() {
    return attachments;
  }

  /** Whether it limits calls, rather than being merged into one document for each account. */
  boolean isAuthorization() {
    return this == SERVICE_CONTROL_POLICY || this == RESOURCE_CONTROL_POLICY;
  }
}
