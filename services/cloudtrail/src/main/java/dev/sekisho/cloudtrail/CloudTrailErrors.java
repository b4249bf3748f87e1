package dev.sekisho.cloudtrail;

import dev.sekisho.core.ServiceException;

/** CloudTrail's errors, with its codes, statuses and wording. */
final class CloudTrailErrors {

  private CloudTrailErrors() {}

  static ServiceException invalidLookupAttributes(String message) {
    return new ServiceException("InvalidLookupAttributesException", 400, message);
  }

  static ServiceException invalidTimeRange(String message) {
    return new ServiceException("InvalidTimeRangeException", 400, message);
  }

  static ServiceException invalidNextToken() {
    return new ServiceException("InvalidNextTokenException", 400, "Invalid NextToken.");
  }

  static ServiceException invalidEventCategory(String category) {
    return new ServiceException(
        "InvalidEventCategoryException", 400, category + " is not a valid event category.");
  }
}
