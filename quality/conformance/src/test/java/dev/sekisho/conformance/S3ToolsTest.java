package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tools that people keep buckets with: {@code aws s3}, rclone and s3cmd, unchanged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ToolsTest {

  private static final int LARGE = 20 << 20;

  private Path folder;
  private Path files;
  private SekishoInstance sekisho;

  @BeforeAll
  void start(@TempDir Path given) throws IOException {
    folder = given;
    sekisho = SekishoInstance.start(folder.resolve("data"));
    files = Files.createDirectories(folder.resolve("files"));
    Files.createDirectories(files.resolve("sub dir/ünï"));
    Files.writeString(files.resolve("one.txt"), "one");
    Files.writeString(files.resolve("empty"), "");
    Files.writeString(files.resolve("sub dir/two+2&=.txt"), "two");
    Files.writeString(files.resolve("sub dir/ünï/three"), "three");
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    Files.write(files.resolve("large.bin"), large);
  }

  @AfterAll
  void stop() {
    sekisho.close();
  }

  @Test
  void awsCommandLine() throws Exception {
    assumeTrue(isThere("aws"), "the aws command line is not there");
    aws("s3", "mb", "s3://cli-bucket");
    aws("s3", "cp", files.resolve("one.txt").toString(), "s3://cli-bucket/copy/one.txt");
    aws("s3", "sync", files.toString(), "s3://cli-bucket/all");
    assertThat(aws("s3", "ls", "--recursive", "s3://cli-bucket"))
        .contains(
            "all/large.bin", "all/sub dir/two+2&=.txt", "all/sub dir/ünï/three", "copy/one.txt");
    assertThat(aws("s3", "ls", "s3://cli-bucket")).contains("PRE all/", "PRE copy/");
    Path back = folder.resolve("cli-back");
    aws("s3", "sync", "s3://cli-bucket/all", back.toString());
    assertSame(back);
    // Nothing has changed, so nothing is to be done.
    assertThat(aws("s3", "sync", files.toString(), "s3://cli-bucket/all")).isBlank();
    aws("s3", "cp", "s3://cli-bucket/all/large.bin", "s3://cli-bucket/large-copy.bin");
    aws("s3", "mv", "s3://cli-bucket/large-copy.bin", "s3://cli-bucket/moved.bin");
    assertThat(
            aws(
                "s3api",
                "head-object",
                "--bucket",
                "cli-bucket",
                "--key",
                "moved.bin",
                "--checksum-mode",
                "ENABLED"))
        .contains("\"ContentLength\": " + LARGE, "Checksum");
    Path part = folder.resolve("part");
    aws(
        "s3api",
        "get-object",
        "--bucket",
        "cli-bucket",
        "--key",
        "all/one.txt",
        "--range",
        "bytes=1-1",
        part.toString());
    assertThat(Files.readString(part)).isEqualTo("n");
    String url = aws("s3", "presign", "s3://cli-bucket/all/one.txt").strip();
    assertThat(run(List.of("curl", "-sf", url), Map.of())).isEqualTo("one");
    assertThat(
            aws(
                "s3api",
                "put-object",
                "--bucket",
                "cli-bucket",
                "--key",
                "sha",
                "--body",
                files.resolve("one.txt").toString(),
                "--checksum-algorithm",
                "SHA256"))
        .contains("ChecksumSHA256");
    aws("s3", "rm", "--recursive", "s3://cli-bucket");
    aws("s3", "rb", "s3://cli-bucket");
    assertThat(aws("s3", "ls")).doesNotContain("cli-bucket");
  }

  @Test
  void rclone() throws Exception {
    assumeTrue(isThere("rclone"), "rclone is not there");
    rclone("mkdir", "local:rclone-bucket");
    rclone("copy", files.toString(), "local:rclone-bucket/all");
    rclone("check", files.toString(), "local:rclone-bucket/all");
    assertThat(rclone("lsf", "-R", "local:rclone-bucket/all"))
        .contains("large.bin", "sub dir/two+2&=.txt", "sub dir/ünï/three");
    Path back = folder.resolve("rclone-back");
    rclone("sync", "local:rclone-bucket/all", back.toString());
    assertSame(back);
    rclone("copyto", "local:rclone-bucket/all/one.txt", "local:rclone-bucket/copied");
    assertThat(rclone("cat", "local:rclone-bucket/copied")).isEqualTo("one");
    rclone("purge", "local:rclone-bucket");
    assertThat(rclone("lsd", "local:")).doesNotContain("rclone-bucket");
  }

  @Test
  void s3cmd() throws Exception {
    assumeTrue(isThere("s3cmd"), "s3cmd is not there");
    s3cmd("mb", "s3://s3cmd-bucket");
    s3cmd("sync", files + "/", "s3://s3cmd-bucket/all/");
    assertThat(s3cmd("ls", "--recursive", "s3://s3cmd-bucket"))
        .contains("all/large.bin", "all/sub dir/two+2&=.txt", "all/sub dir/ünï/three");
    Path back = Files.createDirectories(folder.resolve("s3cmd-back"));
    s3cmd("sync", "s3://s3cmd-bucket/all/", back + "/");
    assertSame(back);
    s3cmd("cp", "s3://s3cmd-bucket/all/one.txt", "s3://s3cmd-bucket/copied");
    assertThat(s3cmd("info", "s3://s3cmd-bucket/copied")).contains("File size: 3");
    s3cmd("del", "--recursive", "--force", "s3://s3cmd-bucket");
    s3cmd("rb", "s3://s3cmd-bucket");
    assertThat(s3cmd("ls")).doesNotContain("s3cmd-bucket");
  }

  private String aws(String... arguments) throws Exception {
    Map<String, String> environment = credentials();
    environment.put("AWS_ENDPOINT_URL", sekisho.address().toString());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    // The older command line presigns by version 2, which S3 takes for no new bucket.
    Path config = folder.resolve("aws.config");
    Files.writeString(config, "[default]\ns3 =\n  signature_version = s3v4\n");
    environment.put("AWS_CONFIG_FILE", config.toString());
    return run(command(List.of("aws"), arguments), environment);
  }

  private String rclone(String... arguments) throws Exception {
    Map<String, String> environment = credentials();
    environment.put("RCLONE_CONFIG", folder.resolve("no-rclone.conf").toString());
    environment.put("RCLONE_CONFIG_LOCAL_TYPE", "s3");
    environment.put("RCLONE_CONFIG_LOCAL_PROVIDER", "Other");
    environment.put("RCLONE_CONFIG_LOCAL_ENV_AUTH", "true");
    environment.put("RCLONE_CONFIG_LOCAL_REGION", "us-east-1");
    environment.put("RCLONE_CONFIG_LOCAL_ENDPOINT", sekisho.address().toString());
    environment.put("RCLONE_S3_UPLOAD_CUTOFF", "8M");
    return run(command(List.of("rclone", "--retries", "1", "-q"), arguments), environment);
  }

  private String s3cmd(String... arguments) throws Exception {
    String host = "127.0.0.1:" + sekisho.address().getPort();
    return run(
        command(
            List.of(
                "s3cmd",
                "--config=/dev/null",
                "--access_key=" + SekishoInstance.ROOT.accessKeyId(),
                "--secret_key=" + SekishoInstance.ROOT.secretAccessKey(),
                "--host=" + host,
                "--host-bucket=" + host,
                "--no-ssl",
                "--region=us-east-1",
                "--multipart-chunk-size-mb=6",
                "--no-progress"),
            arguments),
        Map.of());
  }

  private static Map<String, String> credentials() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", SekishoInstance.ROOT.accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", SekishoInstance.ROOT.secretAccessKey());
    return environment;
  }

  private static List<String> command(List<String> tool, String... arguments) {
    List<String> command = new ArrayList<>(tool);
    command.addAll(List.of(arguments));
    return command;
  }

  private String run(List<String> command, Map<String, String> more) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.endsWith("_proxy"));
    environment.put("HOME", folder.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PYTHONUTF8", "1");
    environment.putAll(more);
    Path error = Files.createTempFile(folder, "tool", ".err");
    builder.redirectError(error.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    assertThat(process.exitValue()).as("%s: %s%s", command, out, Files.readString(error)).isZero();
    return out;
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(tool, "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** Every file came back, name and all. */
  private void assertSame(Path back) throws IOException {
    try (var all = Files.walk(files)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path same = back.resolve(files.relativize(file));
        assertThat(same).exists();
        assertThat(Files.mismatch(file, same)).as(file.toString()).isEqualTo(-1);
      }
    }
  }
}
