package dev.sekisho.policy;

/** A document that is not a policy; the message is the one IAM gives. */
public final class MalformedPolicyException extends RuntimeException {

  private final PolicyIssue issue;
  private final int line;
  private final int column;

  /**
   * @param line where the trouble, or the statement that has it, begins; from 1
   * @param column from 1
   */
  public MalformedPolicyException(String message, PolicyIssue issue, int line, int column) {
    super(message, null, false, false);
    this.issue = issue;
    this.line = line;
    this.column = column;
  }

  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  public PolicyIssue issue() {
    return issue;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1. */
  public int column() {
    return column;
  }
}
