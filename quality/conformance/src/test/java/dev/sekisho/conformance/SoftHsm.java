package dev.sekisho.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Tokens of Debian's softhsm2 in a folder of their own. */
final class SoftHsm {

  static final String PIN = "73915582";

  private static final String CONFIGURATION = "SOFTHSM2_CONF";

  private final Path configuration;
  private final Path module;

  private SoftHsm(Path configuration, Path module) {
    this.configuration = configuration;
    this.module = module;
  }

  /** A new token; the test is skipped where softhsm2 is not installed. */
  static SoftHsm token(Path folder) throws IOException, InterruptedException {
    List<Path> modules =
        Stream.of(
                "/usr/lib/softhsm/libsofthsm2.so",
                "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")
            .map(Path::of)
            .filter(Files::exists)
            .toList();
    Assumptions.assumeFalse(modules.isEmpty(), "softhsm2 is not installed here");
    Path tokens = Files.createDirectories(folder.resolve("tokens"));
    Path configuration =
        Files.writeString(
            folder.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\n");
    SoftHsm hsm = new SoftHsm(configuration, modules.getFirst());
    hsm.tool(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        "sekisho",
        "--so-pin",
        "1234567890",
        "--pin",
        PIN);
    return hsm;
  }

  Map<String, String> environment() {
    return Map.of(CONFIGURATION, configuration.toString());
  }

  String module() {
    return module.toString();
  }

  /** What the token says of its objects to another program that may log in. */
  String objects() throws IOException, InterruptedException {
    return tool("pkcs11-tool", "--module", module(), "--login", "--pin", PIN, "--list-objects");
  }

  private String tool(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
    builder.environment().putAll(environment());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed: " + said);
    }
    return said;
  }
}
