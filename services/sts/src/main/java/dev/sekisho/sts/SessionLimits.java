package dev.sekisho.sts;

import dev.sekisho.contract.sts.PolicyDescriptorType;
import dev.sekisho.contract.sts.Tag;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** What a caller may ask a session to carry: session policies and tags, and how much of them. */
final class SessionLimits {

  /** Bytes that policies and tags may take once they are packed. */
  static final int PACKED = 2_048;

  private static final int PLAIN_POLICIES = 2_048;

  private SessionLimits() {}

  /**
   * Refuses session policies that are none, or are too long.
   *
   * @throws dev.sekisho.core.ServiceException MalformedPolicyDocument or ValidationError
   */
  static void checkPolicies(@Nullable String policy, List<String> arns) {
    int length = arns.stream().mapToInt(String::length).sum();
    if (policy != null) {
      length += policy.length();
      try {
        PolicyValidator.check(policy, PolicyKind.IDENTITY);
      } catch (MalformedPolicyException malformed) {
        throw StsErrors.malformedPolicy(malformed.message());
      }
    }
    if (length > PLAIN_POLICIES) {
      throw StsErrors.validation(
          "The combined length of the session policies is larger than "
              + PLAIN_POLICIES
              + " characters.");
    }
    for (String arn : arns) {
      if (!arn.matches("arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy/.+")) {
        throw StsErrors.validation("ARN " + arn + " is not valid.");
      }
    }
  }

  static List<String> arns(@Nullable List<PolicyDescriptorType> policies) {
    return policies == null
        ? List.of()
        : policies.stream()
            .map(PolicyDescriptorType::arn)
            .filter(java.util.Objects::nonNull)
            .map(java.util.Objects::requireNonNull)
            .toList();
  }

  /**
   * Refuses tags that are given twice or that only AWS may set.
   *
   * @throws dev.sekisho.core.ServiceException InvalidParameterValue
   */
  static List<Tag> checkTags(@Nullable List<Tag> tags) {
    if (tags == null) {
      return List.of();
    }
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      String folded = tag.key().toLowerCase(Locale.ROOT);
      if (folded.startsWith("aws:")) {
        throw StsErrors.validation("Tag keys must not begin with aws:");
      }
      if (!keys.add(folded)) {
        throw new dev.sekisho.core.ServiceException(
            "InvalidParameterValue",
            400,
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return tags;
  }

  /**
   * How much of the room in a token is taken, in percent; null when nothing was asked for.
   *
   * @throws dev.sekisho.core.ServiceException PackedPolicyTooLarge
   */
  static @Nullable Integer packed(@Nullable String policy, List<String> arns, List<Tag> tags) {
    if (policy == null && arns.isEmpty() && tags.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write((policy == null ? "" : policy).getBytes(StandardCharsets.UTF_8));
      out.write(String.join("\n", arns).getBytes(StandardCharsets.UTF_8));
      for (Tag tag : tags) {
        out.write((tag.key() + '\n' + tag.value() + '\n').getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    int percent = (bytes.size() * 100 + PACKED - 1) / PACKED;
    if (percent > 100) {
      throw StsErrors.packedPolicyTooLarge(percent);
    }
    return percent;
  }
}
