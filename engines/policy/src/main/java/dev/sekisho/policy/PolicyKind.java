package dev.sekisho.policy;

/**
 * What a document is written for; the kinds differ in which elements they must and must not have.
 */
public enum PolicyKind {
  /** Attached to a user, group or role, a boundary, or given to a session. */
  IDENTITY,
  /** Attached to a resource that its statements name. */
  RESOURCE,
  /** Attached to a KMS key. */
  KMS_KEY,
  /** A role's trust policy. */
  TRUST,
  /** An organization's, limiting what its accounts' principals may do. */
  SERVICE_CONTROL,
  /** An organization's, limiting what may be done with its accounts' resources. */
  RESOURCE_CONTROL
}
