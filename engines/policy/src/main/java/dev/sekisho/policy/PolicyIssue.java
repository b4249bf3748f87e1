package dev.sekisho.policy;

/**
 * What can be wrong with a document, by the codes of Access Analyzer's policy checks.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Policy
 *     check reference</a>
 */
public enum PolicyIssue {
  DATA_TYPE_MISMATCH,
  INVALID_ACTION,
  INVALID_ARN_PREFIX,
  INVALID_CONDITION_KEY_FORMAT,
  INVALID_CONDITION_OPERATOR,
  INVALID_EFFECT,
  INVALID_POLICY_ELEMENT,
  INVALID_PRINCIPAL_FORMAT,
  INVALID_SERVICE_IN_ACTION,
  INVALID_SID,
  INVALID_VERSION,
  JSON_SYNTAX_ERROR,
  MISSING_ACTION,
  MISSING_EFFECT,
  MISSING_PRINCIPAL,
  MISSING_QUALIFIER,
  MISSING_RESOURCE,
  MISSING_STATEMENT,
  POLICY_SIZE_EXCEEDED,
  UNIQUE_SIDS_REQUIRED,
  UNSUPPORTED_ACTION_IN_POLICY,
  UNSUPPORTED_ELEMENT,
  UNSUPPORTED_ELEMENT_COMBINATION,
  UNSUPPORTED_PRINCIPAL;

  /** The check's page anchor, for example {@code invalid-action}. */
  public String anchor() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
