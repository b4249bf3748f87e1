package dev.sekisho.ec2;

import dev.sekisho.core.ServiceException;

/** EC2's errors, with its codes, statuses and wording. */
final class Ec2Errors {

  private Ec2Errors() {}

  static ServiceException invalidParameterValue(String message) {
    return new ServiceException("InvalidParameterValue", 400, message);
  }

  /** What a call with DryRun answers when it would have been carried out. */
  static ServiceException dryRunOperation() {
    return new ServiceException(
        "DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
  }
}
