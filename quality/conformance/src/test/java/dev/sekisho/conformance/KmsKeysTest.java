package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.InvalidMarkerException;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/** The life of KMS keys through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsKeysTest {

  private static final String MISSING = "00000000-0000-0000-0000-000000000001";

  private SekishoInstance sekisho;
  private KmsClient kms;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    kms.close();
    sekisho.close();
  }

  @Test
  void aNewKeyIsWhatWasAskedFor() {
    Instant before = sekisho.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    KeyMetadata key =
        kms.createKey(b ->
                b.description("for tests")
                    .keySpec("SYMMETRIC_DEFAULT")
                    .keyUsage("ENCRYPT_DECRYPT")
                    .tags(List.of(Tag.builder().tagKey("Team").tagValue("blue").build())))
            .keyMetadata();

    assertThat(key.keyId())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(key.arn()).isEqualTo("arn:aws:kms:us-east-1:000000000001:key/" + key.keyId());
    assertThat(key.awsAccountId()).isEqualTo(SekishoInstance.ACCOUNT);
    assertThat(key.creationDate()).isAfterOrEqualTo(before);
    assertThat(key.description()).isEqualTo("for tests");
    assertThat(key.enabled()).isTrue();
    assertThat(key.keyStateAsString()).isEqualTo("Enabled");
    assertThat(key.keyUsageAsString()).isEqualTo("ENCRYPT_DECRYPT");
    assertThat(key.keySpecAsString()).isEqualTo("SYMMETRIC_DEFAULT");
    assertThat(key.getValueForField("CustomerMasterKeySpec", String.class))
        .contains("SYMMETRIC_DEFAULT");
    assertThat(key.encryptionAlgorithmsAsStrings()).containsExactly("SYMMETRIC_DEFAULT");
    assertThat(key.originAsString()).isEqualTo("AWS_KMS");
    assertThat(key.keyManagerAsString()).isEqualTo("CUSTOMER");
    assertThat(key.multiRegion()).isFalse();
    assertThat(key.multiRegionConfiguration()).isNull();
    assertThat(key.currentKeyMaterialId()).matches("[0-9a-f]{64}");
    assertThat(key.hasSigningAlgorithms()).isFalse();
    assertThat(key.deletionDate()).isNull();
    assertThat(kms.describeKey(b -> b.keyId(key.keyId())).keyMetadata()).isEqualTo(key);
  }

  @Test
  void aKeyIsFoundByIdArnAliasAndAliasArn() {
    KeyMetadata key = create();
    String alias = "alias/by-" + key.keyId();
    kms.createAlias(b -> b.aliasName(alias).targetKeyId(key.arn()));

    for (String name :
        List.of(key.keyId(), key.arn(), alias, "arn:aws:kms:us-east-1:000000000001:" + alias)) {
      assertThat(kms.describeKey(b -> b.keyId(name)).keyMetadata().keyId()).isEqualTo(key.keyId());
      assertThat(kms.encrypt(b -> b.keyId(name).plaintext(SdkBytes.fromUtf8String("x"))).keyId())
          .isEqualTo(key.arn());
    }
  }

  @Test
  void aKeyIsOfItsRegionOnly() {
    KeyMetadata key = create();
    try (KmsClient elsewhere =
        KmsClient.builder()
            .endpointOverride(sekisho.address())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(SekishoInstance.ROOT))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      assertThatThrownBy(() -> elsewhere.describeKey(b -> b.keyId(key.keyId())))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("arn:aws:kms:eu-west-1:000000000001:key/" + key.keyId());
      assertThat(elsewhere.createKey().keyMetadata().arn())
          .startsWith("arn:aws:kms:eu-west-1:000000000001:key/");
    }
  }

  @Test
  void keysAreListedInPages() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(create().keyId());
    }
    List<String> listed = new ArrayList<>();
    ListKeysResponse page = kms.listKeys(b -> b.limit(3));
    while (true) {
      page.keys().stream().map(KeyListEntry::keyId).forEach(listed::add);
      if (!page.truncated()) {
        break;
      }
      assertThat(page.keys()).hasSize(3);
      String marker = page.nextMarker();
      page = kms.listKeys(b -> b.limit(3).marker(marker));
    }
    assertThat(page.nextMarker()).isNull();
    assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    assertThat(kms.listKeysPaginator(b -> b.limit(2)).keys().stream().map(KeyListEntry::keyId))
        .containsExactlyElementsOf(listed);
  }

  @Test
  void aMarkerIsOfNoUseForAnotherList() {
    create();
    create();
    String marker = kms.listKeys(b -> b.limit(1)).nextMarker();

    assertThatThrownBy(() -> kms.listAliases(b -> b.marker(marker)))
        .isInstanceOf(InvalidMarkerException.class);
    assertThatThrownBy(() -> kms.listKeys(b -> b.marker("made-up")))
        .isInstanceOf(InvalidMarkerException.class);
    String altered = (marker.charAt(0) == 'A' ? 'B' : 'A') + marker.substring(1);
    assertThatThrownBy(() -> kms.listKeys(b -> b.marker(altered)))
        .isInstanceOf(InvalidMarkerException.class);
  }

  @Test
  void aDisabledKeyDoesNothingUntilItIsEnabled() {
    KeyMetadata key = create();
    SdkBytes sealed = encrypt(key);
    kms.disableKey(b -> b.keyId(key.arn()));
    kms.disableKey(b -> b.keyId(key.arn()));

    assertThat(describe(key).keyState()).isEqualTo(KeyState.DISABLED);
    assertThat(describe(key).enabled()).isFalse();
    List<Runnable> uses =
        List.of(
            () -> encrypt(key),
            () -> kms.decrypt(b -> b.ciphertextBlob(sealed)),
            () -> kms.reEncrypt(b -> b.ciphertextBlob(sealed).destinationKeyId(key.keyId())),
            () -> kms.generateDataKey(b -> b.keyId(key.keyId()).keySpec("AES_256")),
            () ->
                kms.generateDataKeyWithoutPlaintext(b -> b.keyId(key.keyId()).keySpec("AES_128")));
    assertThat(uses)
        .allSatisfy(use ->
            assertThatThrownBy(use::run)
                .isInstanceOf(DisabledException.class)
                .hasMessageContaining(key.arn() + " is disabled."));

    kms.enableKey(b -> b.keyId(key.keyId()));
    assertThat(describe(key).enabled()).isTrue();
    assertThat(kms.decrypt(b -> b.ciphertextBlob(sealed)).plaintext().asUtf8String())
        .isEqualTo("secret");
  }

  @Test
  void deletionIsScheduledUsedForNothingAndCanBeCancelled() {
    KeyMetadata key = create();
    SdkBytes sealed = encrypt(key);
    ScheduleKeyDeletionResponse scheduled =
        kms.scheduleKeyDeletion(b -> b.keyId(key.keyId()).pendingWindowInDays(7));

    assertThat(scheduled.keyId()).isEqualTo(key.arn());
    assertThat(scheduled.keyStateAsString()).isEqualTo("PendingDeletion");
    assertThat(scheduled.pendingWindowInDays()).isEqualTo(7);
    assertThat(Duration.between(sekisho.clock().instant(), scheduled.deletionDate()))
        .isBetween(Duration.ofDays(7).minusMinutes(1), Duration.ofDays(7));
    assertThat(describe(key).deletionDate()).isEqualTo(scheduled.deletionDate());
    String pending = key.arn() + " is pending deletion.";
    List<Runnable> refused =
        List.of(
            () -> encrypt(key),
            () -> kms.decrypt(b -> b.ciphertextBlob(sealed)),
            () -> kms.enableKey(b -> b.keyId(key.keyId())),
            () -> kms.disableKey(b -> b.keyId(key.keyId())),
            () -> kms.scheduleKeyDeletion(b -> b.keyId(key.keyId())),
            () -> kms.createAlias(b -> b.aliasName("alias/late").targetKeyId(key.keyId())));
    assertThat(refused)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(KmsInvalidStateException.class)
                .hasMessageContaining(pending));
    assertThat(kms.getKeyPolicy(b -> b.keyId(key.keyId())).policy()).contains("kms:*");

    assertThat(kms.cancelKeyDeletion(b -> b.keyId(key.keyId())).keyId()).isEqualTo(key.arn());
    assertThat(describe(key).keyState()).isEqualTo(KeyState.DISABLED);
    assertThatThrownBy(() -> kms.cancelKeyDeletion(b -> b.keyId(key.keyId())))
        .isInstanceOf(KmsInvalidStateException.class)
        .hasMessageContaining("is not pending deletion.");
    kms.enableKey(b -> b.keyId(key.keyId()));
    assertThat(kms.decrypt(b -> b.ciphertextBlob(sealed)).plaintext().asUtf8String())
        .isEqualTo("secret");
  }

  @Test
  void theUsualWindowIsThirtyDays() {
    KeyMetadata key = create();
    assertThat(kms.scheduleKeyDeletion(b -> b.keyId(key.keyId())).pendingWindowInDays())
        .isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 31, 365})
  void aWindowHasItsLimits(int days) {
    KeyMetadata key = create();
    assertThatThrownBy(
            () -> kms.scheduleKeyDeletion(b -> b.keyId(key.keyId()).pendingWindowInDays(days)))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("PendingWindowInDays must be between 7 and 30");
    assertThat(describe(key).keyState()).isEqualTo(KeyState.ENABLED);
  }

  @Test
  void afterTheWindowTheKeyAndWhatItEncryptedAreLost(@TempDir Path own) {
    try (SekishoInstance later = SekishoInstance.start(own);
        KmsClient client = later.client(KmsClient.builder())) {
      KeyMetadata key = client.createKey().keyMetadata();
      SdkBytes sealed =
          client
              .encrypt(b -> b.keyId(key.keyId()).plaintext(SdkBytes.fromUtf8String("lost")))
              .ciphertextBlob();
      client.scheduleKeyDeletion(b -> b.keyId(key.keyId()).pendingWindowInDays(7));
      later.clock().advance(Duration.ofDays(7).plusSeconds(1));

      assertThatThrownBy(() -> client.describeKey(b -> b.keyId(key.keyId())))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("Key '" + key.arn() + "' does not exist");
      assertThatThrownBy(() -> client.decrypt(b -> b.ciphertextBlob(sealed)))
          .isInstanceOf(KmsException.class)
          .hasMessageContaining("The ciphertext refers to a customer master key that does not");
      assertThat(client.listKeys().keys()).isEmpty();
    }
  }

  @Test
  void theDefaultPolicyIsAws() {
    KeyMetadata key = create();
    assertThat(kms.getKeyPolicy(b -> b.keyId(key.keyId())).policy())
        .isEqualTo(
            """
            {
              "Version" : "2012-10-17",
              "Id" : "key-default-1",
              "Statement" : [ {
                "Sid" : "Enable IAM User Permissions",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::000000000001:root"
                },
                "Action" : "kms:*",
                "Resource" : "*"
              } ]
            }\
            """);
    assertThat(kms.getKeyPolicy(b -> b.keyId(key.keyId())).policyName()).isEqualTo("default");
    assertThat(kms.listKeyPolicies(b -> b.keyId(key.keyId())).policyNames())
        .containsExactly("default");
    assertThatThrownBy(() -> kms.getKeyPolicy(b -> b.keyId(key.keyId()).policyName("other")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No such policy exists");
  }

  @Test
  void aPolicyIsKeptAsGivenUnlessItLocksTheCallerOut() {
    KeyMetadata key = create();
    String policy = allow("arn:aws:iam::000000000001:root", "kms:*");
    kms.putKeyPolicy(b -> b.keyId(key.keyId()).policy(policy));
    assertThat(kms.getKeyPolicy(b -> b.keyId(key.keyId())).policy()).isEqualTo(policy);

    String lockOut = allow("arn:aws:iam::000000000001:root", "kms:Encrypt");
    assertThatThrownBy(() -> kms.putKeyPolicy(b -> b.keyId(key.keyId()).policy(lockOut)))
        .isInstanceOf(MalformedPolicyDocumentException.class)
        .hasMessageContaining(
            "The new key policy will not allow you to update the key policy in the future.");
    assertThatThrownBy(() -> kms.createKey(b -> b.policy(lockOut)))
        .isInstanceOf(MalformedPolicyDocumentException.class);
    assertThat(
            kms.createKey(b -> b.policy(lockOut).bypassPolicyLockoutSafetyCheck(true))
                .keyMetadata()
                .enabled())
        .isTrue();
    assertThat(kms.getKeyPolicy(b -> b.keyId(key.keyId())).policy()).isEqualTo(policy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}", "{\"Statement\":[{\"Effect\":\"Perhaps\"}]}", "[]"})
  void whatIsNoPolicyIsRefused(String policy) {
    KeyMetadata key = create();
    assertThatThrownBy(() -> kms.putKeyPolicy(b -> b.keyId(key.keyId()).policy(policy)))
        .isInstanceOf(MalformedPolicyDocumentException.class);
  }

  @Test
  void aPolicyIsAtMost32KiB() {
    KeyMetadata key = create();
    String policy = allow("arn:aws:iam::000000000001:root", "kms:*");
    String padded = policy + " ".repeat(32_769 - policy.length());
    assertThatThrownBy(() -> kms.putKeyPolicy(b -> b.keyId(key.keyId()).policy(padded)))
        .isInstanceOf(LimitExceededException.class);
    kms.putKeyPolicy(b -> b.keyId(key.keyId()).policy(padded.substring(0, 32_768)));
  }

  @Test
  void administrationTakesNoAliasAndNoForeignKey() {
    KeyMetadata key = create();
    String alias = "alias/admin-" + key.keyId();
    kms.createAlias(b -> b.aliasName(alias).targetKeyId(key.keyId()));

    assertThatThrownBy(() -> kms.disableKey(b -> b.keyId(alias)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Invalid keyId '" + alias + "'");
    assertThatThrownBy(
            () -> kms.disableKey(b -> b.keyId("arn:aws:kms:us-east-1:999999999999:key/" + MISSING)))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("is not authorized to perform: kms:DisableKey");
    assertThat(describe(key).enabled()).isTrue();
  }

  @Test
  void everyAdministrationOfAMissingKeySaysSo() {
    List<Runnable> calls =
        List.of(
            () -> kms.describeKey(b -> b.keyId(MISSING)),
            () -> kms.enableKey(b -> b.keyId(MISSING)),
            () -> kms.disableKey(b -> b.keyId(MISSING)),
            () -> kms.getKeyPolicy(b -> b.keyId(MISSING)),
            () -> kms.putKeyPolicy(b -> b.keyId(MISSING).policy("{}")),
            () -> kms.listKeyPolicies(b -> b.keyId(MISSING)),
            () -> kms.scheduleKeyDeletion(b -> b.keyId(MISSING)),
            () -> kms.cancelKeyDeletion(b -> b.keyId(MISSING)),
            () -> kms.createAlias(b -> b.aliasName("alias/x").targetKeyId(MISSING)),
            () -> kms.listAliases(b -> b.keyId(MISSING)));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(
                    "Key 'arn:aws:kms:us-east-1:000000000001:key/" + MISSING + "' does not exist"));
  }

  private KeyMetadata create() {
    return kms.createKey().keyMetadata();
  }

  private KeyMetadata describe(KeyMetadata key) {
    return kms.describeKey(b -> b.keyId(key.keyId())).keyMetadata();
  }

  private SdkBytes encrypt(KeyMetadata key) {
    return kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SdkBytes.fromUtf8String("secret")))
        .ciphertextBlob();
  }

  private static String allow(String principal, String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"AWS\":\""
        + principal
        + "\"},\"Action\":\""
        + action
        + "\",\"Resource\":\"*\"}]}";
  }
}
