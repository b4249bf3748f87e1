package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

/** Changes of one entity by many callers at the same moment never mix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamConcurrencyTest {

  private static final int CALLERS = 10;
  private static final String DOCUMENT =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:List*\","
          + "\"Resource\":\"*\"}]}";

  private SekishoInstance sekisho;
  private IamClient iam;
  private ExecutorService callers;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    callers = Executors.newFixedThreadPool(CALLERS);
  }

  @AfterAll
  void stop() {
    callers.shutdownNow();
    iam.close();
    sekisho.close();
  }

  /** A call that one of many makes; its number tells them apart. */
  private interface Change {
    void make(int caller);
  }

  /** How often the callers, all starting together, were answered with which code. */
  private Map<String, Integer> together(Change change) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CALLERS);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      calls.add(() -> {
        start.await();
        try {
          change.make(caller);
          return "OK";
        } catch (IamException refused) {
          return refused.awsErrorDetails().errorCode();
        }
      });
    }
    Map<String, Integer> answers = new TreeMap<>();
    for (Future<String> answer : callers.invokeAll(calls)) {
      answers.merge(answer.get(), 1, Integer::sum);
    }
    return answers;
  }

  @Test
  void oneOfManyMakesTheUser() throws Exception {
    assertThat(together(_ -> iam.createUser(r -> r.userName("wanted"))))
        .isEqualTo(Map.of("OK", 1, "EntityAlreadyExists", CALLERS - 1));
  }

  @Test
  void everyTagOfManyCallersIsThere() throws Exception {
    iam.createUser(r -> r.userName("tagged"));

    Map<String, Integer> answers =
        together(caller ->
            iam.tagUser(r ->
                r.userName("tagged")
                    .tags(
                        IntStream.range(0, 4)
                            .mapToObj(i ->
                                Tag.builder()
                                    .key("k" + caller + "." + i)
                                    .value("v" + caller)
                                    .build())
                            .toList())));

    assertThat(answers).isEqualTo(Map.of("OK", CALLERS));
    assertThat(iam.listUserTags(r -> r.userName("tagged")).tags())
        .hasSize(4 * CALLERS)
        .allSatisfy(tag -> assertThat(tag.key()).startsWith("k" + tag.value().substring(1) + "."));
  }

  @Test
  void noMoreVersionsAndKeysThanTheQuotaWhoeverIsFirst() throws Exception {
    String arn =
        iam.createPolicy(r -> r.policyName("versioned").policyDocument(DOCUMENT)).policy().arn();
    assertThat(
            together(_ ->
                iam.createPolicyVersion(
                    r -> r.policyArn(arn).policyDocument(DOCUMENT).setAsDefault(true))))
        .isEqualTo(Map.of("OK", 4, "LimitExceeded", CALLERS - 4));
    List<PolicyVersion> versions = iam.listPolicyVersions(r -> r.policyArn(arn)).versions();
    assertThat(versions).extracting(PolicyVersion::versionId).doesNotHaveDuplicates().hasSize(5);
    assertThat(versions).filteredOn(PolicyVersion::isDefaultVersion).hasSize(1);

    iam.createUser(r -> r.userName("keys"));
    assertThat(together(_ -> iam.createAccessKey(r -> r.userName("keys"))))
        .isEqualTo(Map.of("OK", 2, "LimitExceeded", CALLERS - 2));
  }

  @RepeatedTest(5)
  void policyThatGoesIsAttachedToNobody(RepetitionInfo info) throws Exception {
    String name = "going" + info.getCurrentRepetition();
    String arn = iam.createPolicy(r -> r.policyName(name).policyDocument(DOCUMENT)).policy().arn();
    iam.createUser(r -> r.userName(name));

    together(caller -> {
      if (caller % 2 == 0) {
        iam.attachUserPolicy(r -> r.userName(name).policyArn(arn));
      } else {
        iam.deletePolicy(r -> r.policyArn(arn));
      }
    });

    boolean there =
        iam.listPolicies(r -> r.scope("Local")).policies().stream()
            .anyMatch(policy -> policy.arn().equals(arn));
    assertThat(iam.listAttachedUserPolicies(r -> r.userName(name)).attachedPolicies())
        .as("attached if and only if it is still there")
        .hasSize(there ? 1 : 0);
  }
}
