package dev.sekisho.conformance;

import static dev.sekisho.conformance.TwoAccounts.OURS;
import static dev.sekisho.conformance.TwoAccounts.THEIRS;
import static dev.sekisho.conformance.TwoAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateGrantRequest;
import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.DisableKeyRotationRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GetKeyPolicyRequest;
import dev.sekisho.contract.kms.GetKeyRotationStatusRequest;
import dev.sekisho.contract.kms.GetKeyRotationStatusResponse;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.ListAliasesRequest;
import dev.sekisho.contract.kms.PutKeyPolicyRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import dev.sekisho.contract.kms.Tag;
import dev.sekisho.contract.kms.TagResourceRequest;
import dev.sekisho.contract.kms.UpdateKeyDescriptionRequest;
import dev.sekisho.core.Blob;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service uses keys on behalf of its callers: its own AWS managed one, and theirs. */
class KmsForServicesTest {

  private static final String ALIAS = "alias/aws/secretsmanager";
  private static final Map<String, String> CONTEXT = Map.of("SecretARN", "arn:one");
  private static final Secret PLAIN = Secret.of("a secret");

  private TwoAccounts accounts;
  private Principal.User alice;

  @BeforeEach
  void open(@TempDir Path folder) {
    accounts = new TwoAccounts(folder);
    alice = accounts.user(OURS, "alice");
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void theFirstUseMakesTheServicesKeyAndLaterOnesFindIt() {
    assertThatThrownBy(() -> describe(ALIAS)).hasMessageContaining("is not found");

    KeyService.DataKey first = accounts.keys().generateDataKey(own(alice));
    KeyService.DataKey second = accounts.keys().generateDataKey(own(alice));

    assertThat(second.keyArn()).isEqualTo(first.keyArn());
    assertThat(first.plaintext().length()).isEqualTo(32);
    assertThat(first.plaintext()).isNotEqualTo(second.plaintext());
    KeyMetadata key = describe(ALIAS);
    assertThat(key.arn()).isEqualTo(first.keyArn());
    assertThat(key.keyManager()).isEqualTo("AWS");
    assertThat(key.description())
        .isEqualTo("Default key that protects my secretsmanager data when no other key is defined");
    assertThat(targets()).containsEntry(ALIAS, key.keyId());
    assertThat(accounts.keys().decrypt(own(alice), first.ciphertext()).plaintext())
        .isEqualTo(first.plaintext());
  }

  @Test
  void eachAccountHasItsOwn() {
    Principal.User carol = accounts.user(THEIRS, "carol");
    KeyService.Sealed ours = accounts.keys().encrypt(own(alice), PLAIN);
    KeyService.Sealed theirs = accounts.keys().encrypt(own(carol), PLAIN);

    assertThat(theirs.keyArn()).contains(THEIRS.value()).isNotEqualTo(ours.keyArn());
    denied(() -> accounts.keys().decrypt(own(carol), ours.ciphertext()));
  }

  @Test
  void aPredefinedAliasGetsItsKeyWhenItIsDescribed() {
    assertThat(targets()).containsEntry("alias/aws/ebs", "");
    KeyMetadata made = describe("alias/aws/ebs");
    assertThat(made.keyManager()).isEqualTo("AWS");
    assertThat(describe("alias/aws/ebs").keyId()).isEqualTo(made.keyId());
    assertThat(targets()).containsEntry("alias/aws/ebs", made.keyId());
  }

  @Test
  void nobodyUsesOrChangesTheServicesKeyBesideTheService() {
    accounts.keys().encrypt(own(alice), PLAIN);
    String key = describe(ALIAS).keyId();
    Principal.User admin = accounts.user(OURS, "admin", "kms:*");
    for (Principal caller : List.of(root(OURS), admin)) {
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::encrypt,
              EncryptRequest.builder().keyId(ALIAS).plaintext(Blob.of(new byte[1])).build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::putKeyPolicy,
              PutKeyPolicyRequest.builder().keyId(key).policy("{}").build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::scheduleKeyDeletion,
              ScheduleKeyDeletionRequest.builder().keyId(key).build()));
      denied(() ->
          accounts.call(
              caller, accounts.kms()::disableKey, DisableKeyRequest.builder().keyId(key).build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::disableKeyRotation,
              DisableKeyRotationRequest.builder().keyId(key).build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::updateKeyDescription,
              UpdateKeyDescriptionRequest.builder().keyId(key).description("mine").build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::tagResource,
              TagResourceRequest.builder()
                  .keyId(key)
                  .tags(List.of(Tag.builder().tagKey("a").tagValue("b").build()))
                  .build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::createAlias,
              CreateAliasRequest.builder().aliasName("alias/mine").targetKeyId(key).build()));
      denied(() ->
          accounts.call(
              caller,
              accounts.kms()::createGrant,
              CreateGrantRequest.builder()
                  .keyId(key)
                  .granteePrincipal(OURS.root().toString())
                  .operations(List.of("Decrypt"))
                  .build()));
    }
    assertThat(
            accounts
                .call(
                    root(OURS),
                    accounts.kms()::getKeyPolicy,
                    GetKeyPolicyRequest.builder().keyId(key).build())
                .policy())
        .contains("auto-secretsmanager-2", "secretsmanager.us-east-1.amazonaws.com");
  }

  @Test
  void theServicesKeyRotatesEveryYear() {
    KeyService.Sealed sealed = accounts.keys().encrypt(own(alice), PLAIN);
    KeyMetadata before = describe(ALIAS);
    GetKeyRotationStatusResponse status =
        accounts.call(
            root(OURS),
            accounts.kms()::getKeyRotationStatus,
            GetKeyRotationStatusRequest.builder().keyId(before.keyId()).build());
    assertThat(status.keyRotationEnabled()).isTrue();
    assertThat(status.rotationPeriodInDays()).isEqualTo(365);

    accounts.advance(Duration.ofDays(366));
    assertThat(describe(ALIAS).currentKeyMaterialId()).isNotEqualTo(before.currentKeyMaterialId());
    assertThat(accounts.keys().decrypt(own(alice), sealed.ciphertext()).plaintext())
        .isEqualTo(PLAIN);
  }

  @Test
  void aCustomersKeyNeedsTheCallersOwnLeave() {
    KeyMetadata key = accounts.key(null);
    Principal.User bob = accounts.user(OURS, "bob", "kms:GenerateDataKey", "kms:Decrypt");

    denied(() -> accounts.keys().generateDataKey(accounts.use(alice, key.arn(), CONTEXT)));
    KeyService.DataKey made =
        accounts.keys().generateDataKey(accounts.use(bob, key.arn(), CONTEXT));
    assertThat(made.keyArn()).isEqualTo(key.arn());
    assertThat(accounts.keys().decrypt(own(bob), made.ciphertext()).plaintext())
        .isEqualTo(made.plaintext());
    assertThatThrownBy(
            () -> accounts.keys().decrypt(accounts.use(bob, null, Map.of()), made.ciphertext()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("InvalidCiphertextException"));
  }

  @Test
  void aPolicyTellsUseThroughTheServiceFromDirectUse() {
    Principal.User bob = accounts.user(OURS, "bob", "kms:Encrypt");
    KeyMetadata through =
        accounts.key(
            policy(
                "\"Condition\":{\"StringEquals\":{\"kms:ViaService\":"
                    + "\"secretsmanager.us-east-1.amazonaws.com\"},"
                    + "\"Bool\":{\"aws:ViaAWSService\":\"true\"}}"));
    KeyMetadata direct =
        accounts.key(policy("\"Condition\":{\"Null\":{\"kms:ViaService\":\"true\"}}"));
    KeyMetadata known =
        accounts.key(policy("\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/0\"}}"));

    accounts.keys().encrypt(accounts.use(bob, through.arn(), CONTEXT), PLAIN);
    encrypt(bob, direct);
    encrypt(bob, known);
    denied(() -> encrypt(bob, through));
    denied(() -> accounts.keys().encrypt(accounts.use(bob, direct.arn(), CONTEXT), PLAIN));
    denied(() -> accounts.keys().encrypt(accounts.use(bob, known.arn(), CONTEXT), PLAIN));
  }

  @Test
  void eachUseLeavesAnEventThatNamesTheCallerAndTheService() {
    KeyMetadata key = accounts.key(null);
    accounts.keys().encrypt(own(alice), PLAIN);
    denied(() -> accounts.keys().encrypt(accounts.use(alice, key.arn(), CONTEXT), PLAIN));

    List<JsonNode> records = accounts.records(OURS, "Encrypt");
    assertThat(records).hasSize(2);
    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.at("/userIdentity/userName").asText()).isEqualTo("alice");
          assertThat(record.at("/userIdentity/invokedBy").asText())
              .isEqualTo("secretsmanager.amazonaws.com");
          assertThat(record.at("/sourceIPAddress").asText())
              .isEqualTo("secretsmanager.amazonaws.com");
          assertThat(record.at("/userAgent").asText()).isEqualTo("secretsmanager.amazonaws.com");
          assertThat(record.at("/eventSource").asText()).isEqualTo("kms.amazonaws.com");
          assertThat(record.toString()).doesNotContain("a secret");
        });
    assertThat(records)
        .extracting(record -> record.at("/errorCode").asText())
        .containsExactlyInAnyOrder("", "AccessDenied");
    assertThat(records.stream().filter(record -> record.at("/errorCode").isMissingNode()))
        .allSatisfy(record ->
            assertThat(record.at("/requestParameters/encryptionContext/SecretARN").asText())
                .isEqualTo("arn:one"));
  }

  private KeyService.Use own(Principal caller) {
    return accounts.use(caller, null, CONTEXT);
  }

  private void encrypt(Principal caller, KeyMetadata key) {
    accounts.call(
        caller,
        accounts.kms()::encrypt,
        EncryptRequest.builder().keyId(key.arn()).plaintext(Blob.of(new byte[1])).build());
  }

  private static String policy(String condition) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":[\"kms:PutKeyPolicy\"],"
        + "\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
        + "\"arn:aws:iam::111122223333:root\"},\"Action\":[\"kms:Encrypt\"],\"Resource\":\"*\","
        + condition
        + "}]}";
  }

  private KeyMetadata describe(String key) {
    return Objects.requireNonNull(
        accounts
            .call(
                root(OURS),
                accounts.kms()::describeKey,
                DescribeKeyRequest.builder().keyId(key).build())
            .keyMetadata());
  }

  /** The ids of the keys that the account's aliases stand for; empty for none. */
  private Map<String, String> targets() {
    Map<String, String> targets = new java.util.HashMap<>();
    Objects.requireNonNull(
            accounts
                .call(root(OURS), accounts.kms()::listAliases, ListAliasesRequest.builder().build())
                .aliases())
        .forEach(alias ->
            targets.put(alias.aliasName(), Objects.requireNonNullElse(alias.targetKeyId(), "")));
    return targets;
  }

  private static void denied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("AccessDeniedException"));
  }
}
