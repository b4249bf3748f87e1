package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;

/** KMS's errors, with its codes and wording. All are answered with status 400. */
final class KmsErrors {

  private static final int STATUS = 400;

  private KmsErrors() {}

  static ServiceException validation(String message) {
    return new ServiceException("ValidationException", STATUS, message);
  }

  static ServiceException notFound(String message) {
    return new ServiceException("NotFoundException", STATUS, message);
  }

  static ServiceException keyNotFound(KeyName key) {
    return notFound("Key '" + key.arn() + "' does not exist");
  }

  static ServiceException aliasNotFound(AliasName alias) {
    return notFound("Alias " + alias.arn() + " is not found.");
  }

  static ServiceException invalidKeyId(String keyId) {
    return notFound("Invalid keyId '" + keyId + "'");
  }

  static ServiceException disabled(KeyName key) {
    return new ServiceException("DisabledException", STATUS, key.arn() + " is disabled.");
  }

  static ServiceException invalidState(String message) {
    return new ServiceException("KMSInvalidStateException", STATUS, message);
  }

  static ServiceException invalidKeyUsage(String message) {
    return new ServiceException("InvalidKeyUsageException", STATUS, message);
  }

  /** One answer, without a word of why, for whatever is wrong with a ciphertext. */
  static ServiceException invalidCiphertext() {
    return new ServiceException("InvalidCiphertextException", STATUS, "");
  }

  static ServiceException incorrectKey() {
    return new ServiceException(
        "IncorrectKeyException",
        STATUS,
        "The key ID in the request does not identify a CMK that can perform this operation.");
  }

  static ServiceException unreadableCiphertext() {
    return new ServiceException(
        "AccessDeniedException",
        STATUS,
        "The ciphertext refers to a customer master key that does not exist, does not exist in"
            + " this region, or you are not allowed to access.");
  }

  static ServiceException dryRun() {
    return new ServiceException(
        "DryRunOperationException",
        STATUS,
        "The request would have succeeded, but the DryRun option is set.");
  }

  static ServiceException invalidImportToken() {
    return new ServiceException("InvalidImportTokenException", STATUS, "Invalid import token.");
  }

  static ServiceException malformedPolicy(String message) {
    return new ServiceException("MalformedPolicyDocumentException", STATUS, message);
  }

  static ServiceException limitExceeded(String message) {
    return new ServiceException("LimitExceededException", STATUS, message);
  }

  static ServiceException alreadyExists(String message) {
    return new ServiceException("AlreadyExistsException", STATUS, message);
  }

  static ServiceException tag(String message) {
    return new ServiceException("TagException", STATUS, message);
  }

  static ServiceException unsupported(String message) {
    return new ServiceException("UnsupportedOperationException", STATUS, message);
  }

  static ServiceException invalidMarker() {
    return new ServiceException("InvalidMarkerException", STATUS, "Could not deserialize marker");
  }

  /** The same for a key that is not there and for one that another account does not share. */
  static ServiceException accessDenied(Call<?> call, String action, String resource) {
    Principal principal = call.context().caller().principal();
    return new ServiceException(
        "AccessDeniedException",
        STATUS,
        "User: "
            + requireNonNullElse(principal.arn(), principal.userId())
            + " is not authorized to perform: "
            + action
            + " on resource: "
            + resource
            + " because the resource does not exist in this Region, no resource-based policies"
            + " allow access, or a resource-based policy explicitly denies access");
  }

  /** Something that AWS has and Sekisho has not. */
  static ServiceException notImplemented(String what) {
    return new ServiceException(
        "NotImplemented", 501, "Sekisho does not implement " + what + ". See docs/services.");
  }
}
