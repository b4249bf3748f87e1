package dev.sekisho.iam;

/** Whether a credential can be used: {@code Active}, {@code Inactive} or {@code Expired}. */
final class CredentialStatus {

  static final String ACTIVE = "Active";
  static final String EXPIRED = "Expired";

  private CredentialStatus() {}

  /**
   * A status that somebody asks for. Only time makes a credential expire.
   *
   * @throws dev.sekisho.core.ServiceException InvalidInput
   */
  static String settable(String status) {
    if (status.equals(EXPIRED)) {
      throw IamErrors.invalidInput("The status must be Active or Inactive.");
    }
    return status;
  }
}
