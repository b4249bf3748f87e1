package dev.sekisho.policy.check;

import org.jspecify.annotations.Nullable;

/**
 * What a document is written for.
 *
 * @param resourceType for a resource's policy, the type of the resource where it is known
 */
public record PolicyTarget(Kind kind, @Nullable ResourceType resourceType) {

  /** The types of policy, by the names of Access Analyzer's API. */
  public enum Kind {
    IDENTITY_POLICY,
    RESOURCE_POLICY,
    SERVICE_CONTROL_POLICY,
    RESOURCE_CONTROL_POLICY
  }

  /** The types of resource that have checks of their own. */
  public enum ResourceType {
    S3_BUCKET("AWS::S3::Bucket", "s3"),
    S3_ACCESS_POINT("AWS::S3::AccessPoint", "s3"),
    S3_MULTI_REGION_ACCESS_POINT("AWS::S3::MultiRegionAccessPoint", "s3"),
    S3_OBJECT_LAMBDA_ACCESS_POINT("AWS::S3ObjectLambda::AccessPoint", "s3-object-lambda"),
    ROLE("AWS::IAM::AssumeRolePolicyDocument", "sts"),
    DYNAMODB_TABLE("AWS::DynamoDB::Table", "dynamodb");

    private final String typeName;
    private final String service;

    ResourceType(String typeName, String service) {
      this.typeName = typeName;
      this.service = service;
    }

    /** For example {@code AWS::S3::Bucket}. */
    public String typeName() {
      return typeName;
    }

    String service() {
      return service;
    }

    /** The type of that name, or null when it has no checks of its own. */
    public static @Nullable ResourceType named(String typeName) {
      for (ResourceType type : values()) {
        if (type.typeName.equals(typeName)) {
          return type;
        }
      }
      return null;
    }
  }

  public static final PolicyTarget IDENTITY = new PolicyTarget(Kind.IDENTITY_POLICY, null);
  public static final PolicyTarget RESOURCE = new PolicyTarget(Kind.RESOURCE_POLICY, null);
  public static final PolicyTarget TRUST =
      new PolicyTarget(Kind.RESOURCE_POLICY, ResourceType.ROLE);
  public static final PolicyTarget SERVICE_CONTROL =
      new PolicyTarget(Kind.SERVICE_CONTROL_POLICY, null);
  public static final PolicyTarget RESOURCE_CONTROL =
      new PolicyTarget(Kind.RESOURCE_CONTROL_POLICY, null);

  boolean isTrust() {
    return resourceType == ResourceType.ROLE;
  }
}
