package dev.sekisho.acm;

import dev.sekisho.core.ServiceException;
import java.util.Map;

/** Why no certificate was issued, in the API's words for what Private CA refused. */
final class Failures {

  private static final Map<String, String> REASONS =
      Map.of(
          "ResourceNotFoundException", "PCA_RESOURCE_NOT_FOUND",
          "InvalidArnException", "PCA_INVALID_ARN",
          "InvalidStateException", "PCA_INVALID_STATE",
          "InvalidArgsException", "PCA_INVALID_ARGS",
          "LimitExceededException", "PCA_LIMIT_EXCEEDED",
          "MalformedCSRException", "PCA_NAME_CONSTRAINTS_VALIDATION",
          "AccessDeniedException", "PCA_ACCESS_DENIED");

  private Failures() {}

  static String reason(ServiceException refused) {
    if (refused.code().equals("InvalidArgsException") && refused.message().contains("validity")) {
      return "PCA_INVALID_DURATION";
    }
    return REASONS.getOrDefault(refused.code(), "PCA_REQUEST_FAILED");
  }
}
