package dev.sekisho.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/**
 * Project Wycheproof's test vectors.
 *
 * <p>They stand beside the project and are not part of it; a test that lacks them is skipped, and
 * says so.
 *
 * @see <a href="https://github.com/C2SP/wycheproof">Project Wycheproof</a>
 */
final class Wycheproof {

  private static final HexFormat HEX = HexFormat.of();

  private Wycheproof() {}

  /**
   * Hands every vector of a file over, with its group.
   *
   * @return how many there were
   */
  static int forEach(String file, BiConsumer<JsonNode, JsonNode> test) {
    Path path = folder().resolve(file + "_test.json");
    assumeTrue(Files.exists(path), "Wycheproof's vectors are not here: " + path);
    int count = 0;
    try {
      for (JsonNode group : new ObjectMapper().readTree(path.toFile()).path("testGroups")) {
        for (JsonNode vector : group.path("tests")) {
          test.accept(group, vector);
          count++;
        }
      }
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
    return count;
  }

  static byte[] bytes(JsonNode node, String member) {
    return HEX.parseHex(node.path(member).asText());
  }

  static boolean hasFlag(JsonNode vector, String flag) {
    for (JsonNode each : vector.path("flags")) {
      if (each.asText().equals(flag)) {
        return true;
      }
    }
    return false;
  }

  private static Path folder() {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve("sekisho"))) {
      root = root.getParent();
    }
    return root.resolve("../shared/data/wycheproof").normalize();
  }
}
