package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.server.Options;
import dev.sekisho.server.Sekisho;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/** The development mode helps tests and weakens nothing. */
class DevModeTest {

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> post(SekishoInstance sekisho, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(sekisho.address().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void resetWipesEveryResourceAndKeepsTheRootUser() throws Exception {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("gone"));
      iam.createGroup(r -> r.groupName("gone"));
      iam.addUserToGroup(r -> r.groupName("gone").userName("gone"));
      iam.createAccessKey(r -> r.userName("gone"));

      assertThat(post(sekisho, "/_sekisho/dev/reset", "").statusCode()).isEqualTo(200);

      assertThat(iam.listUsers().users()).isEmpty();
      assertThat(iam.listGroups().groups()).isEmpty();
    }
  }

  @Test
  void theClockMoves() throws Exception {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        IamClient iam = sekisho.client(IamClient.builder())) {
      post(sekisho, "/_sekisho/dev/clock", "{\"advance\":\"P7D\"}");
      assertThat(iam.createUser(r -> r.userName("later")).user().createDate())
          .isBetween(
              Instant.now().plus(Duration.ofDays(7)).minusSeconds(60),
              Instant.now().plus(Duration.ofDays(7)));
      post(sekisho, "/_sekisho/dev/clock", "{\"set\":\"2030-01-01T00:00:00Z\"}");
      assertThat(iam.createUser(r -> r.userName("much-later")).user().createDate())
          .isBetween(Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:01:00Z"));
      for (String bad : List.of("", "{}", "{\"advance\":\"soon\"}", "{\"jump\":\"P1D\"}", "[1]")) {
        assertThat(post(sekisho, "/_sekisho/dev/clock", bad).statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void webPagesAndOtherHostsAreRefused() throws Exception {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("stays"));
      int port = sekisho.address().getPort();
      assertThat(raw(port, "Host: evil.example:" + port)).startsWith("HTTP/1.1 403");
      assertThat(raw(port, "Host: 127.0.0.1:" + port + "\r\nOrigin: https://evil.example"))
          .startsWith("HTTP/1.1 403");
      assertThat(iam.listUsers().users()).hasSize(1);
      HttpResponse<String> got =
          http.send(
              HttpRequest.newBuilder(sekisho.address().resolve("/_sekisho/dev/reset")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(got.statusCode()).isEqualTo(405);
    }
  }

  private static String raw(int port, String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /_sekisho/dev/reset HTTP/1.1\r\n"
                  + headers
                  + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void withoutDevModeThereAreNoSuchEndpoints() throws Exception {
    Options usual = Options.parse(List.of("--data", folder.toString(), "--port", "0"));
    try (Sekisho sekisho = Sekisho.start(usual, InstantSource.system())) {
      for (String path : List.of("/_sekisho/dev/reset", "/_sekisho/dev/clock")) {
        URI address = sekisho.address().resolve(path);
        assertThat(
                http.send(
                        HttpRequest.newBuilder(address)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                        HttpResponse.BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(404);
      }
      assertThat(
              http.send(
                      HttpRequest.newBuilder(sekisho.address().resolve("/_sekisho/health")).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("\"iam\":\"available\"");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("credentials"))))
          .isEqualTo("rw-------");
      String credentials = Files.readString(folder.resolve("credentials"));
      assertThat(credentials)
          .matches(
              "(?s)\\[sekisho]\\naws_access_key_id = AKIA[A-Z2-7]{16}\\naws_secret_access_key = .{40}\\n");
    }
  }

  @Test
  void optionsThatWouldWeakenAreRefused() {
    assertThatThrownBy(() -> Options.parse(List.of("--dev", "--host", "0.0.0.0")))
        .hasMessage("--dev listens on loopback only, not on 0.0.0.0");
    assertThatThrownBy(
            () -> Options.parse(List.of("--root-key", "AKIAXXXXXXXXXXXXXXXX:0123456789abcdef")))
        .hasMessage("--root-key needs --dev");
    assertThatThrownBy(() -> Options.parse(List.of("--colour", "red")))
        .hasMessage("unknown option --colour");
    assertThatThrownBy(() -> Options.parse(List.of("--port"))).hasMessageContaining("--port");
  }

  @Test
  void aSecondInstanceOnTheSameFolderIsRefused() {
    Options usual = Options.parse(List.of("--data", folder.toString(), "--port", "0"));
    try (Sekisho _ = Sekisho.start(usual, InstantSource.system())) {
      assertThatThrownBy(() -> Sekisho.start(usual, InstantSource.system()))
          .hasMessageContaining("is in use by another Sekisho");
    }
  }
}
