package dev.sekisho.iam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The managed policies that are there without anybody making them, under AWS's names.
 *
 * <p>{@code managed-policies.tsv} lists them; the document of each version is a resource, {@code
 * managed/NAME.vNUMBER.json}, read when first asked for. What they allow is AWS's intent for that
 * name, written for Sekisho. A change is a new version: the old one stays to be read.
 */
final class AwsManagedPolicies {

  static final String ARN_PREFIX = "arn:aws:iam::aws:policy/";

  private static final String LIST = "/managed-policies.tsv";

  /** When the policies of service-linked roles came. */
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * What stands for the policies of services that Sekisho does not have. Nobody can act with them,
   * and nobody but a service-linked role can have them.
   */
  private static final String WITHOUT_DOCUMENT =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"SekishoHasNoDocumentForThisPolicy",\
      "Effect":"Deny","Action":"*","Resource":"*"}]}\
      """;

  /** A policy and when each of its versions came, the first first. */
  private record Listed(ManagedPolicy policy, List<Instant> dates) {}

  /** Read when first needed. */
  private static final class Known {
    static final SortedMap<String, Listed> BY_ARN = read();
  }

  private AwsManagedPolicies() {}

  static List<ManagedPolicy> all() {
    return Known.BY_ARN.values().stream().map(Listed::policy).toList();
  }

  static Optional<ManagedPolicy> find(String arn) {
    return Optional.ofNullable(Known.BY_ARN.get(arn)).map(Listed::policy);
  }

  /** Newest first. */
  static List<ManagedPolicy.Version> versions(ManagedPolicy policy) {
    List<ManagedPolicy.Version> versions = new ArrayList<>();
    List<Instant> dates =
        Objects.requireNonNull(Known.BY_ARN.get(policy.arn()), "a policy of AWS").dates();
    for (int number = dates.size(); number > 0; number--) {
      versions.add(
          new ManagedPolicy.Version(
              number, document(policy.name(), number), dates.get(number - 1)));
    }
    return versions;
  }

  private static SortedMap<String, Listed> read() {
    SortedMap<String, Listed> listed = new TreeMap<>();
    resource(LIST)
        .orElseThrow(() -> new IllegalStateException(LIST + " is missing"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .forEach(field -> add(listed, field[0], field[1], dates(field[2]), field[3]));
    for (ServiceLinkedRoleTemplate each : ServiceLinkedRoleTemplate.all()) {
      add(listed, each.policyName(), ServiceLinkedRoleTemplate.PATH, List.of(SINCE), null);
    }
    return Collections.unmodifiableSortedMap(listed);
  }

  private static List<Instant> dates(String field) {
    return Stream.of(field.split(","))
        .map(date -> LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant())
        .toList();
  }

  private static void add(
      SortedMap<String, Listed> listed,
      String name,
      String path,
      List<Instant> dates,
      @Nullable String description) {
    String arn = "arn:aws:iam::aws:policy" + path + name;
    int latest = dates.size();
    listed.put(
        arn,
        new Listed(
            new ManagedPolicy(
                id(name),
                arn,
                "aws",
                name,
                path,
                description,
                latest,
                latest,
                dates.getFirst(),
                dates.getLast()),
            dates));
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

  private static String document(String name, int version) {
    return resource("/managed/" + name + ".v" + version + ".json").orElse(WITHOUT_DOCUMENT);
  }

  private static Optional<String> resource(String name) {
    try (InputStream stream = AwsManagedPolicies.class.getResourceAsStream(name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(name + " cannot be read", failed);
    }
  }
}
