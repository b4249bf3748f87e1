package dev.sekisho.acmpca;

import dev.sekisho.core.ServiceException;

/** Private CA's errors by its codes. All are answered with status 400. */
final class AcmPcaErrors {

  private AcmPcaErrors() {}

  private static ServiceException error(String code, String message) {
    return new ServiceException(code, 400, message);
  }

  static ServiceException noAuthority(String arn) {
    return error(
        "ResourceNotFoundException", "Could not find Certificate Authority with ARN " + arn);
  }

  static ServiceException notFound(String message) {
    return error("ResourceNotFoundException", message);
  }

  static ServiceException invalidArn(String arn) {
    return error("InvalidArnException", arn + " is not a valid ARN.");
  }

  static ServiceException invalidArgs(String message) {
    return error("InvalidArgsException", message);
  }

  static ServiceException invalidRequest(String message) {
    return error("InvalidRequestException", message);
  }

  static ServiceException invalidState(String message) {
    return error("InvalidStateException", message);
  }

  static ServiceException wrongState(StoredAuthority authority, String status) {
    return invalidState(
        "The certificate authority "
            + authority.arn()
            + " is in the state "
            + status
            + ", in which this operation is not possible.");
  }

  static ServiceException malformedCsr(String message) {
    return error("MalformedCSRException", message);
  }

  static ServiceException malformedCertificate(String message) {
    return error("MalformedCertificateException", message);
  }

  static ServiceException mismatch(String message) {
    return error("CertificateMismatchException", message);
  }

  static ServiceException alreadyProcessed(String message) {
    return error("RequestAlreadyProcessedException", message);
  }

  static ServiceException requestFailed(String message) {
    return error("RequestFailedException", message);
  }

  static ServiceException limitExceeded(String message) {
    return error("LimitExceededException", message);
  }

  static ServiceException invalidTag(String message) {
    return error("InvalidTagException", message);
  }

  static ServiceException tooManyTags(int most) {
    return error(
        "TooManyTagsException", "A certificate authority can have at most " + most + " tags.");
  }

  static ServiceException invalidNextToken() {
    return error("InvalidNextTokenException", "The token is not valid.");
  }

  static ServiceException permissionExists() {
    return error(
        "PermissionAlreadyExistsException",
        "The principal has permissions on the certificate authority already.");
  }

  static ServiceException invalidPolicy(String message) {
    return error("InvalidPolicyException", message);
  }
}
