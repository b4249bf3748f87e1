package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.server.FunctionOptions;
import dev.sekisho.server.RotationOptions;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A Sekisho whose built-in functions rotate, with a role that may do what they need. */
final class RotatingSekisho implements AutoCloseable {

  static final String FUNCTIONS = "arn:aws:lambda:us-east-1:000000000001:function:";
  static final String ROLE = "rotation";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SekishoInstance sekisho;
  private final SecretsManagerClient secrets;

  RotatingSekisho(Path folder, RotationOptions options) {
    sekisho =
        SekishoInstance.start(
            folder.resolve("data"),
            usual -> usual.with(FunctionOptions.NONE.with(options.withRole(ROLE))));
    secrets = sekisho.client(SecretsManagerClient.builder());
    try (IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createRole(r ->
          r.roleName(ROLE)
              .assumeRolePolicyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
                   "Principal":{"Service":"lambda.amazonaws.com"}}]}\
                  """));
      iam.putRolePolicy(r ->
          r.roleName(ROLE)
              .policyName("rotates")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":[
                   "secretsmanager:DescribeSecret","secretsmanager:GetSecretValue",
                   "secretsmanager:PutSecretValue","secretsmanager:UpdateSecretVersionStage",
                   "secretsmanager:GetRandomPassword","iam:ListAccessKeys","iam:CreateAccessKey",
                   "iam:DeleteAccessKey","iam:GetAccessKeyLastUsed"]}]}\
                  """));
    }
  }

  SekishoInstance instance() {
    return sekisho;
  }

  SecretsManagerClient secrets() {
    return secrets;
  }

  /** Makes a secret and answers its ARN. */
  String keep(String name, Map<String, String> members) {
    String text = JSON.valueToTree(members).toString();
    return secrets.createSecret(r -> r.name(name).secretString(text)).arn();
  }

  /**
   * The members of a secret by which a user logs in on this machine.
   *
   * @param master the secret of who may change passwords; null for nobody
   */
  static Map<String, String> login(
      String engine, int port, String user, String password, String master) {
    Map<String, String> members =
        new HashMap<>(
            Map.of(
                "engine", engine,
                "host", "127.0.0.1",
                "port", Integer.toString(port),
                "username", user,
                "password", password));
    if (master != null) {
      members.put("masterarn", master);
    }
    return members;
  }

  JsonNode value(String id) {
    try {
      return JSON.readTree(secrets.getSecretValue(r -> r.secretId(id)).secretString());
    } catch (Exception notJson) {
      throw new AssertionError(notJson);
    }
  }

  /** Rotates it now and waits until it is done. */
  void rotate(String id, String function) {
    int failed = failures().size();
    String version = begin(id, function);
    Eventually.eventually(
        id + " rotates",
        PATIENCE,
        () -> {
          assertThat(failures()).as("%s does not rotate", id).hasSize(failed);
          return isDone(id, version);
        });
  }

  private String begin(String id, String function) {
    return secrets
        .rotateSecret(r -> r.secretId(id).rotationLambdaARN(FUNCTIONS + function))
        .versionId();
  }

  private boolean isDone(String id, String version) {
    var described = secrets.describeSecret(r -> r.secretId(id));
    return described.lastRotatedDate() != null
        && List.of("AWSCURRENT").equals(described.versionIdsToStages().get(version))
        && described.versionIdsToStages().values().stream()
            .noneMatch(labels -> labels.contains("AWSPENDING"));
  }

  /** Has it rotated and answers why that failed. */
  String failure(String id, String function) {
    int before = failures().size();
    begin(id, function);
    Eventually.eventually("the rotation fails", PATIENCE, () -> failures().size() > before);
    secrets.cancelRotateSecret(r -> r.secretId(id));
    return failures().getFirst();
  }

  private List<String> failures() {
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      return trail
          .lookupEvents(r ->
              r.lookupAttributes(a ->
                  a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue("RotationFailed")))
          .events()
          .stream()
          .map(Event::cloudTrailEvent)
          .toList();
    }
  }

  /** Logs in as a secret says. */
  interface LogIn {
    void by(JsonNode secret) throws Exception;
  }

  /** Rotates it while programs read it and log in all the time; answers what went wrong. */
  Queue<String> rotateUnderLoad(String id, String function, int times, LogIn logIn)
      throws InterruptedException {
    int programs = 3;
    Queue<String> failed = new ConcurrentLinkedQueue<>();
    AtomicLongArray logins = new AtomicLongArray(programs);
    List<Thread> running =
        IntStream.range(0, programs)
            .mapToObj(program ->
                Thread.ofPlatform()
                    .start(() -> {
                      while (!Thread.currentThread().isInterrupted()) {
                        try {
                          logIn.by(value(id));
                        } catch (Exception | AssertionError failure) {
                          if (!Thread.currentThread().isInterrupted()) {
                            failed.add(failure.toString());
                          }
                        }
                        logins.incrementAndGet(program);
                      }
                    }))
            .toList();
    try {
      for (int i = 0; i < times; i++) {
        rotate(id, function);
        // A program may be two logins behind, but no rotation behind.
        awaitLogins(logins, 2);
      }
    } finally {
      running.forEach(Thread::interrupt);
      for (Thread program : running) {
        program.join();
      }
    }
    return failed;
  }

  private static void awaitLogins(AtomicLongArray logins, int more) {
    for (int each = 0; each < logins.length(); each++) {
      int program = each;
      long wanted = logins.get(program) + more;
      Eventually.eventually("programs log in", PATIENCE, () -> logins.get(program) >= wanted);
    }
  }

  @Override
  public void close() {
    secrets.close();
    sekisho.close();
  }
}
