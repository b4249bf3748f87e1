package dev.sekisho.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What AWS itself answered. The recordings stand beside the project and are not part of it; without
 * them, tests that need them are skipped.
 */
final class Recordings {

  private Recordings() {}

  /**
   * The recorded tests of one service, by their names without the class.
   *
   * @param service for example {@code iam}
   */
  static Map<String, JsonNode> of(String service) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("sekisho"))) {
      root = root.getParent();
    }
    Path file =
        root.resolve("../shared/data/aws-recorded/test_" + service + ".snapshot.json").normalize();
    assumeTrue(Files.exists(file), "AWS's recorded answers are not here: " + file);
    Map<String, JsonNode> tests = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each :
        new ObjectMapper().readTree(file.toFile()).properties()) {
      String name = each.getKey();
      tests.put(
          name.substring(name.lastIndexOf("::") + 2), each.getValue().get("recorded-content"));
    }
    return tests;
  }
}
