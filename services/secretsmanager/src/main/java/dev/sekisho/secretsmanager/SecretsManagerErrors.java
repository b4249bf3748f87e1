package dev.sekisho.secretsmanager;

import dev.sekisho.core.ServiceException;

/** Secrets Manager's errors, with its codes and wording. All are answered with status 400. */
final class SecretsManagerErrors {

  private SecretsManagerErrors() {}

  private static ServiceException error(String code, String message) {
    return new ServiceException(code, 400, message);
  }

  static ServiceException invalidParameter(String message) {
    return error("InvalidParameterException", message);
  }

  static ServiceException invalidRequest(String message) {
    return error("InvalidRequestException", message);
  }

  static ServiceException noSecret() {
    return error("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  static ServiceException noValue(String what) {
    return error(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for " + what);
  }

  static ServiceException secretExists(String name) {
    return error(
        "ResourceExistsException",
        "The operation failed because the secret " + name + " already exists.");
  }

  static ServiceException versionExists(String version) {
    return error(
        "ResourceExistsException",
        "You can't use ClientRequestToken "
            + version
            + " because that value is already in use for a version of secret.");
  }

  static ServiceException deletionPending() {
    return invalidRequest(
        "You can't perform this operation on the secret because it was marked for deletion.");
  }

  static ServiceException replica() {
    return invalidRequest(
        "Operation not permitted on a replica secret. Call must be made in primary secret's"
            + " region.");
  }

  static ServiceException functionDenied() {
    return error(
        "AccessDeniedException",
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function"
            + " policy grants access to the principal secretsmanager.amazonaws.com.");
  }

  static ServiceException nameDeletionPending() {
    return invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion.");
  }

  static ServiceException invalidNextToken() {
    return error("InvalidNextTokenException", "The NextToken value is invalid.");
  }

  static ServiceException limitExceeded(String message) {
    return error("LimitExceededException", message);
  }

  static ServiceException malformedPolicy(String message) {
    return error("MalformedPolicyDocumentException", message);
  }

  static ServiceException publicPolicy() {
    return error(
        "PublicPolicyException",
        "You can't attach a resource policy that grants broad access to the secret.");
  }

  static ServiceException encryptionFailure(String message) {
    return error("EncryptionFailure", message);
  }

  static ServiceException decryptionFailure(String message) {
    return error("DecryptionFailure", message);
  }
}
