package dev.sekisho.iam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service's own role is made from: AWS fixes its name, its policy and whom it trusts.
 *
 * @param service its principal, for example {@code acm.amazonaws.com}
 * @param roleName without a suffix
 * @param policyName the one policy it has, at the path {@code /aws-service-role/}
 * @param takesSuffix whether an account can have several, told apart by a suffix
 * @param description none for most
 */
record ServiceLinkedRoleTemplate(
    String service,
    String roleName,
    String policyName,
    boolean takesSuffix,
    @Nullable String description) {

  /** Where the roles and policies of services are; nobody but AWS puts anything there. */
  static final String PATH = "/aws-service-role/";

  private static final String RESOURCE = "/service-linked-roles.tsv";

  /** Read when first needed. */
  private static final class Known {
    static final Map<String, ServiceLinkedRoleTemplate> BY_SERVICE = read();
  }

  static Optional<ServiceLinkedRoleTemplate> of(String service) {
    return Optional.ofNullable(Known.BY_SERVICE.get(service));
  }

  static Collection<ServiceLinkedRoleTemplate> all() {
    return Known.BY_SERVICE.values();
  }

  /** Whether the role or policy at the path is a service's. */
  static boolean isReserved(String path) {
    return path.startsWith(PATH);
  }

  String rolePath() {
    return PATH + service + "/";
  }

  String policyArn() {
    return "arn:aws:iam::aws:policy" + PATH + policyName;
  }

  String trustPolicy() {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
    "Principal":{"Service":"%s"},"Action":"sts:AssumeRole"}]}\
    """
        .formatted(service);
  }

  private static Map<String, ServiceLinkedRoleTemplate> read() {
    Map<String, ServiceLinkedRoleTemplate> templates = new TreeMap<>();
    try (InputStream stream =
        Objects.requireNonNull(
            ServiceLinkedRoleTemplate.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(field ->
              templates.put(
                  field[0],
                  new ServiceLinkedRoleTemplate(
                      field[0],
                      field[1],
                      field[2],
                      field[3].equals("yes"),
                      field.length > 4 ? field[4] : null)));
    } catch (IOException failed) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", failed);
    }
    return templates;
  }
}
