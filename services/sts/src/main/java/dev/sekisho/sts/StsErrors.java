package dev.sekisho.sts;

import dev.sekisho.core.ServiceException;

/** STS's errors, with its codes, statuses and wording. */
final class StsErrors {

  private StsErrors() {}

  static ServiceException accessDenied(String message) {
    return new ServiceException("AccessDenied", 403, message);
  }

  static ServiceException validation(String message) {
    return new ServiceException("ValidationError", 400, message);
  }

  static ServiceException malformedPolicy(String message) {
    return new ServiceException("MalformedPolicyDocument", 400, message);
  }

  static ServiceException packedPolicyTooLarge(int percent) {
    return new ServiceException(
        "PackedPolicyTooLarge",
        400,
        "Packed size of session tags consumes "
            + percent
            + "% of allotted space. Please use smaller session policies or tags.");
  }

  static ServiceException invalidIdentityToken(String message) {
    return new ServiceException("InvalidIdentityToken", 400, message);
  }

  static ServiceException expiredToken(String message) {
    return new ServiceException("ExpiredTokenException", 400, message);
  }

  static ServiceException rejectedClaim(String message) {
    return new ServiceException("IDPRejectedClaim", 403, message);
  }

  static ServiceException idpCommunication(String message) {
    return new ServiceException("IDPCommunicationError", 400, message);
  }
}
