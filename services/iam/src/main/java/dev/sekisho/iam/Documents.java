package dev.sekisho.iam;

import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicyValidator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Policy documents as IAM takes, measures and returns them. */
final class Documents {

  private Documents() {}

  /**
   * Refuses what is not a policy.
   *
   * @throws dev.sekisho.core.ServiceException MalformedPolicyDocument
   */
  static void check(String document, PolicyKind kind) {
    try {
      PolicyValidator.check(document, kind);
    } catch (MalformedPolicyException malformed) {
      throw IamErrors.malformedPolicy(malformed.message());
    }
  }

  /** A document that was checked when it was saved, ready to be asked. */
  static CompiledPolicy compile(String id, String document) {
    return CompiledPolicy.of(id, PolicyParser.parse(document));
  }

  /** Quotas do not count white space. */
  static int size(String document) {
    return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  /** IAM returns documents percent-encoded by RFC 3986. */
  static String encode(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
