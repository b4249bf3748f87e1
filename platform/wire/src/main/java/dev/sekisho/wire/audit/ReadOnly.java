package dev.sekisho.wire.audit;

import java.util.List;

/**
 * Whether CloudTrail counts an operation among the reads.
 *
 * <p>By the operation's name, so that it is known for refused calls too.
 */
public final class ReadOnly {

  private static final List<String> VERBS =
      List.of(
          "AssumeRole",
          "BatchGet",
          "Check",
          "Decapsulate",
          "Decode",
          "Decrypt",
          "DeriveSharedSecret",
          "Describe",
          "Encapsulate",
          "Encrypt",
          "Generate",
          "Get",
          "Head",
          "List",
          "Lookup",
          "ReEncrypt",
          "Search",
          "Sign",
          "Simulate",
          "Validate",
          "Verify");

  private ReadOnly() {}

  public static boolean of(String operation) {
    return VERBS.stream().anyMatch(operation::startsWith);
  }
}
