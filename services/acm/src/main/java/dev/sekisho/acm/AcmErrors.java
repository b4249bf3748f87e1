package dev.sekisho.acm;

import dev.sekisho.core.ServiceException;

/** Certificate Manager's errors by its codes. All are answered with status 400. */
final class AcmErrors {

  private AcmErrors() {}

  private static ServiceException error(String code, String message) {
    return new ServiceException(code, 400, message);
  }

  static ServiceException noCertificate(String arn) {
    return error("ResourceNotFoundException", "Could not find certificate " + arn + ".");
  }

  static ServiceException invalidArn(String arn) {
    return error("InvalidArnException", "The ARN " + arn + " is not that of a certificate.");
  }

  static ServiceException validation(String message) {
    return error("ValidationException", message);
  }

  static ServiceException invalidParameter(String message) {
    return error("InvalidParameterException", message);
  }

  static ServiceException invalidState(String message) {
    return error("InvalidStateException", message);
  }

  static ServiceException invalidDomainValidation(String message) {
    return error("InvalidDomainValidationOptionsException", message);
  }

  static ServiceException inProgress(String arn) {
    return error(
        "RequestInProgressException", "Certificate request for " + arn + " is in progress.");
  }

  static ServiceException limitExceeded(String message) {
    return error("LimitExceededException", message);
  }

  static ServiceException invalidTag(String message) {
    return error("InvalidTagException", message);
  }

  static ServiceException tooManyTags(int most) {
    return error("TooManyTagsException", "A certificate can have at most " + most + " tags.");
  }

  static ServiceException conflict(String message) {
    return error("ConflictException", message);
  }
}
