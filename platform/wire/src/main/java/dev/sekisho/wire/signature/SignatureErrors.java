package dev.sekisho.wire.signature;

import dev.sekisho.contract.Protocol;
import dev.sekisho.core.ServiceException;

/** The error each family of services gives for a failed signature. */
public final class SignatureErrors {

  private SignatureErrors() {}

  /** The failure in the words of services that speak the protocol. */
  public static ServiceException of(Protocol protocol, SignatureFailure failure) {
    String message = failure.message();
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1 -> json(failure, message, 400);
      case REST_JSON -> json(failure, message, 403);
      case QUERY -> query(failure, message);
      case EC2_QUERY -> ec2(failure, message);
      case REST_XML -> objects(failure, message);
    };
  }

  private static ServiceException json(SignatureFailure failure, String message, int status) {
    return switch (failure.kind()) {
      case MISSING ->
          new ServiceException(
              "MissingAuthenticationTokenException", status, "Missing Authentication Token");
      case INCOMPLETE -> new ServiceException("IncompleteSignatureException", status, message);
      case UNKNOWN_KEY -> new ServiceException("UnrecognizedClientException", status, message);
      case EXPIRED_TOKEN -> new ServiceException("ExpiredTokenException", status, message);
      case MISMATCH, REQUEST_EXPIRED ->
          new ServiceException("InvalidSignatureException", status, message);
      case TOO_MANY_FAILURES -> new ServiceException("ThrottlingException", 400, message);
    };
  }

  private static ServiceException query(SignatureFailure failure, String message) {
    return switch (failure.kind()) {
      case MISSING -> new ServiceException("MissingAuthenticationToken", 403, message);
      case INCOMPLETE -> new ServiceException("IncompleteSignature", 400, message);
      case UNKNOWN_KEY -> new ServiceException("InvalidClientTokenId", 403, message);
      case EXPIRED_TOKEN -> new ServiceException("ExpiredToken", 403, message);
      case MISMATCH -> new ServiceException("SignatureDoesNotMatch", 403, message);
      case REQUEST_EXPIRED -> new ServiceException("RequestExpired", 400, message);
      case TOO_MANY_FAILURES -> new ServiceException("Throttling", 400, message);
    };
  }

  private static ServiceException ec2(SignatureFailure failure, String message) {
    return switch (failure.kind()) {
      case MISSING -> new ServiceException("MissingAuthenticationToken", 403, message);
      case INCOMPLETE -> new ServiceException("IncompleteSignature", 400, message);
      case UNKNOWN_KEY ->
          new ServiceException(
              "AuthFailure", 401, "AWS was not able to validate the provided access credentials");
      case MISMATCH -> new ServiceException("SignatureDoesNotMatch", 403, message);
      case EXPIRED_TOKEN, REQUEST_EXPIRED ->
          new ServiceException("RequestExpired", 400, "Request has expired.");
      case TOO_MANY_FAILURES ->
          new ServiceException("RequestLimitExceeded", 503, "Request limit exceeded.");
    };
  }

  private static ServiceException objects(SignatureFailure failure, String message) {
    return switch (failure.kind()) {
      case MISSING -> new ServiceException("AccessDenied", 403, "Access Denied");
      case INCOMPLETE -> new ServiceException("AuthorizationHeaderMalformed", 400, message);
      case UNKNOWN_KEY ->
          new ServiceException(
              "InvalidAccessKeyId",
              403,
              "The AWS Access Key Id you provided does not exist in our records.");
      case EXPIRED_TOKEN ->
          new ServiceException("ExpiredToken", 400, "The provided token has expired.");
      case MISMATCH -> new ServiceException("SignatureDoesNotMatch", 403, message);
      case REQUEST_EXPIRED -> new ServiceException("AccessDenied", 403, "Request has expired");
      case TOO_MANY_FAILURES ->
          new ServiceException("SlowDown", 503, "Please reduce your request rate.");
    };
  }
}
