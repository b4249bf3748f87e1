package dev.sekisho.iam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The managed policies that are there without anybody making them, under AWS's names.
 *
 * <p>One resource a policy, {@code managed/NAME.json}; read when first asked for. What they allow
 * is AWS's intent for that name, written for Sekisho.
 */
final class AwsManagedPolicies {

  static final String ARN_PREFIX = "arn:aws:iam::aws:policy/";

  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, String> PATHS = paths();

  /**
   * What stands for the policies of services that Sekisho does not have. Nobody can act with them,
   * and nobody but a service-linked role can have them.
   */
  private static final String WITHOUT_DOCUMENT =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"SekishoHasNoDocumentForThisPolicy",\
      "Effect":"Deny","Action":"*","Resource":"*"}]}\
      """;

  private AwsManagedPolicies() {}

  /** Name to path. */
  private static Map<String, String> paths() {
    Map<String, String> paths = new HashMap<>();
    for (String name :
        List.of(
            "AdministratorAccess",
            "AWSCloudTrail_FullAccess",
            "AWSCloudTrail_ReadOnlyAccess",
            "AWSKeyManagementServicePowerUser",
            "IAMFullAccess",
            "IAMReadOnlyAccess",
            "PowerUserAccess",
            "ReadOnlyAccess",
            "SecurityAudit")) {
      paths.put(name, "/");
    }
    for (ServiceLinkedRoleTemplate each : ServiceLinkedRoleTemplate.all()) {
      paths.put(each.policyName(), ServiceLinkedRoleTemplate.PATH);
    }
    return Map.copyOf(paths);
  }

  static List<ManagedPolicy> all() {
    return PATHS.keySet().stream().sorted().map(AwsManagedPolicies::policy).toList();
  }

  static Optional<ManagedPolicy> find(String arn) {
    return PATHS.entrySet().stream()
        .filter(each -> arn.equals(arn(each.getValue(), each.getKey())))
        .map(each -> policy(each.getKey()))
        .findFirst();
  }

  static ManagedPolicy.Version version(ManagedPolicy policy) {
    return new ManagedPolicy.Version(1, document(policy.name()), SINCE);
  }

  private static String arn(String path, String name) {
    return "arn:aws:iam::aws:policy" + path + name;
  }

  private static ManagedPolicy policy(String name) {
    String path = PATHS.getOrDefault(name, "/");
    return new ManagedPolicy(
        id(name), arn(path, name), "aws", name, path, null, 1, 1, SINCE, SINCE);
  }

  /** An id that is the same in every installation. */
  private static String id(String name) {
    long mixed = 0xcbf29ce484222325L;
    for (byte each : name.getBytes(StandardCharsets.US_ASCII)) {
      mixed = (mixed ^ each) * 0x100000001b3L;
    }
    StringBuilder id = new StringBuilder("ANPA");
    for (int i = 0; i < 17; i++) {
      id.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt((int) (mixed >>> 59)));
      mixed = mixed * 0x5851f42d4c957f2dL + 0x14057b7ef767814fL;
    }
    return id.toString();
  }

  private static String document(String name) {
    try (InputStream stream =
        AwsManagedPolicies.class.getResourceAsStream("/managed/" + name + ".json")) {
      if (stream == null) {
        return WITHOUT_DOCUMENT;
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException("the managed policy " + name + " cannot be read", failed);
    }
  }
}
