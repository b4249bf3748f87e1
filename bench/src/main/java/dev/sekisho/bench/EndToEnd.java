package dev.sekisho.bench;

import dev.sekisho.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whole calls against a server in its own process, everything on as by default: signature, policy,
 * durable audit. Beside it, in the same run, the bare {@link EchoServer}.
 *
 * <p>Arguments: the program's jar, the seconds of each measurement. The JVM flags of both servers
 * are those of this process's {@code sekisho.flags} property.
 */
public final class EndToEnd {

  private static final int CONNECTIONS = 32;
  private static final int FEW = 4;
  private static final String KEY_ID = "AKIABENCHBENCHBENCH0";
  private static final Secret SECRET = Secret.of("bench-secret-of-a-folder-that-goes-0123");

  private final Path jar;
  private final Duration time;
  private final List<String> flags;

  private EndToEnd(Path jar, Duration time, List<String> flags) {
    this.jar = jar;
    this.time = time;
    this.flags = flags;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Duration time = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 15);
    List<String> flags = List.of(System.getProperty("sekisho.flags", "").trim().split(" +"));
    new EndToEnd(Path.of(arguments[0]), time, flags).run();
  }

  private void run() throws IOException, InterruptedException {
    new EventAppends(time).run();
    Path folder = Files.createTempDirectory("sekisho-bench");
    System.out.println("| what | CPU µs/request | requests/s | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|---|");
    try (MeasuredProcess echo = MeasuredProcess.start(echoCommand());
        MeasuredProcess sekisho = MeasuredProcess.start(sekishoCommand(folder))) {
      long idle = sekisho.residentMebibytes();
      ServiceCalls calls = new ServiceCalls(sekisho.address(), KEY_ID, SECRET);
      byte[] identity =
          calls.signed(
              "sts",
              Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
              "Action=GetCallerIdentity&Version=2011-06-15");
      byte[] encrypt = calls.encrypt();
      warmUp(echo, identity);
      warmUp(sekisho, identity);
      warmUp(sekisho, encrypt);
      measure("bare echo, GetCallerIdentity's request", echo, identity);
      measure("STS GetCallerIdentity", sekisho, identity);
      measure("bare echo, Encrypt's request", echo, encrypt);
      measureWarm("KMS Encrypt", sekisho, encrypt);
      measureWarm("KMS Decrypt", sekisho, calls.decrypt());
      measureWarm("KMS GenerateDataKey", sekisho, calls.generateDataKey());
      measureWarm("Secrets Manager GetSecretValue", sekisho, calls.getSecretValue());
      measureWarm("Private CA IssueCertificate, P-256", sekisho, calls.issueCertificate());
      signatures(sekisho, calls);
      besideNewKeys(sekisho, calls, encrypt);
      System.out.println();
      new ObjectTransfers(sekisho.address(), KEY_ID, SECRET, time).run();
      System.out.printf(
          Locale.ROOT,
          "%nStart to ready: %d ms. Resident when idle: %d MiB, after the load: %d MiB.%n",
          sekisho.startTime().toMillis(),
          idle,
          sekisho.residentMebibytes());
    }
  }

  private List<String> echoCommand() {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EchoServer.class.getName()));
    return command;
  }

  private List<String> sekishoCommand(Path folder) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(flags);
    Path cache = jar.resolveSibling("sekisho.aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(
        List.of("-jar", jar.toString(), "--data", folder.toString(), "--port", "0", "--dev"));
    command.addAll(List.of("--root-key", KEY_ID + ":" + SECRET.revealText()));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void signatures(MeasuredProcess sekisho, ServiceCalls calls)
      throws IOException, InterruptedException {
    double rsa = bare("RSA", 2_048, "SHA256withRSA");
    double rsaWhole =
        measureWarm(
            "KMS Sign, RSA-2048", sekisho, calls.sign("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256"));
    double curve = bare("EC", 256, "SHA256withECDSA");
    double curveWhole =
        measureWarm("KMS Sign, P-256", sekisho, calls.sign("ECC_NIST_P256", "ECDSA_SHA_256"));
    System.out.printf(
        Locale.ROOT,
        "%nOf a Sign call's processor time, the signature by the bare provider is: RSA-2048 %.0f %%,"
            + " P-256 %.0f %%.%n%n",
        100 * rsa / rsaWhole,
        100 * curve / curveWhole);
  }

  private double bare(String keys, int bits, String algorithm) throws InterruptedException {
    try {
      double cpu = BareSignatures.cpuMicros(keys, bits, algorithm, time.dividedBy(2));
      System.out.printf(Locale.ROOT, "| bare provider, %s | %.1f | | | |%n", algorithm, cpu);
      return cpu;
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("the provider does not sign", failed);
    }
  }

  /** Encrypt once alone and once while another caller makes RSA-4096 keys without a pause. */
  private void besideNewKeys(MeasuredProcess sekisho, ServiceCalls calls, byte[] encrypt)
      throws IOException, InterruptedException {
    System.out.println("| what | CPU µs/request | requests/s | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|---|");
    Load.Result alone = Load.run(sekisho.address(), encrypt, FEW, time);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger made = new AtomicInteger();
    Thread maker =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                calls.newKey("{\"KeySpec\":\"RSA_4096\",\"KeyUsage\":\"SIGN_VERIFY\"}");
                made.incrementAndGet();
              }
            });
    Load.Result beside = Load.run(sekisho.address(), encrypt, FEW, time);
    over.set(true);
    maker.join();
    row("KMS Encrypt, " + FEW + " connections, alone", alone);
    row("the same beside " + made + " CreateKey of RSA_4096", beside);
  }

  private static void row(String name, Load.Result result) {
    System.out.printf(
        Locale.ROOT,
        "| %s | | %,.0f | %.2f | %.2f |%n",
        name,
        result.perSecond(),
        result.percentileMillis(50),
        result.percentileMillis(99));
  }

  private void warmUp(MeasuredProcess server, byte[] request)
      throws IOException, InterruptedException {
    Load.run(server.address(), request, CONNECTIONS, time);
  }

  private double measureWarm(String name, MeasuredProcess server, byte[] request)
      throws IOException, InterruptedException {
    warmUp(server, request);
    return measure(name, server, request);
  }

  private double measure(String name, MeasuredProcess server, byte[] request)
      throws IOException, InterruptedException {
    long before = server.cpuMicros();
    Load.Result result = Load.run(server.address(), request, CONNECTIONS, time);
    double cpu = (server.cpuMicros() - before) / (double) result.requests();
    System.out.println(
        Objects.requireNonNull(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %,.0f | %.2f | %.2f |",
                name,
                cpu,
                result.perSecond(),
                result.percentileMillis(50),
                result.percentileMillis(99))));
    return cpu;
  }
}
