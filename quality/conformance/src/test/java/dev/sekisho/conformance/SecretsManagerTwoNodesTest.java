package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.server.FunctionOptions;
import dev.sekisho.server.Storage;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Of two nodes on one PostgreSQL one rotates a secret, and only once. */
class SecretsManagerTwoNodesTest {

  private static final String FUNCTIONS = "arn:aws:lambda:us-east-1:000000000001:function:";
  private static final int SECRETS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void eachStepIsAskedForOnce(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    Path password = Files.writeString(folder.resolve("password"), database.password());
    Storage storage =
        new Storage(
            database.url() + "?user=" + database.user(), password, folder.resolve("keyring"));
    try (RotationFunction function = new RotationFunction();
        SekishoInstance first = start(folder.resolve("first"), storage, function);
        SekishoInstance second = start(folder.resolve("second"), storage, function);
        SecretsManagerClient here = first.client(SecretsManagerClient.builder());
        SecretsManagerClient there = second.client(SecretsManagerClient.builder())) {
      function.serve(first);
      List<String> names = IntStream.range(0, SECRETS).mapToObj(i -> "shared-" + i).toList();
      names.forEach(name -> here.createSecret(r -> r.name(name).secretString("first")));
      for (String name : names) {
        SecretsManagerClient asked = name.hashCode() % 2 == 0 ? here : there;
        asked.rotateSecret(r ->
            r.secretId(name)
                .rotationLambdaARN(FUNCTIONS + name)
                .rotationRules(rules -> rules.automaticallyAfterDays(30L)));
      }
      eventually(
          "all secrets rotate",
          () ->
              names.stream()
                  .allMatch(name ->
                      there.describeSecret(r -> r.secretId(name)).lastRotatedDate() != null));

      Map<String, Integer> steps = new HashMap<>();
      function
          .asked()
          .forEach(each -> steps.merge(each.arn() + ' ' + each.step(), 1, Integer::sum));
      assertThat(steps).hasSize(4 * SECRETS);
      assertThat(steps.values()).containsOnly(1);
    }
  }

  private static SekishoInstance start(Path data, Storage storage, RotationFunction function) {
    return SekishoInstance.start(
        data,
        options ->
            options
                .with(storage)
                .with(FunctionOptions.NONE.with(FUNCTIONS + "*", function.address())));
  }

  private static void eventually(String what, BooleanSupplier condition) {
    Eventually.eventually(what, PATIENCE, condition);
  }
}
