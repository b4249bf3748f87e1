package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.InvalidGrantTokenException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Grants through the real port: leave for somebody whose own policies give none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsGrantsTest {

  private static final String ALICE = "arn:aws:iam::000000000001:user/alice";
  private static final String BOB = "arn:aws:iam::000000000001:user/bob";
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");

  private SekishoInstance sekisho;
  private IamClient iam;
  private KmsClient root;
  private KmsClient alice;
  private KmsClient bob;
  private String key;
  private String arn;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    root = sekisho.client(KmsClient.builder());
    alice = user("alice");
    bob = user("bob");
  }

  private KmsClient user(String name) {
    iam.createUser(b -> b.userName(name));
    AccessKey made = iam.createAccessKey(b -> b.userName(name)).accessKey();
    return sekisho.client(
        KmsClient.builder(),
        AwsBasicCredentials.create(made.accessKeyId(), made.secretAccessKey()));
  }

  @AfterAll
  void stop() {
    List.of(root, alice, bob).forEach(KmsClient::close);
    iam.close();
    sekisho.close();
  }

  @BeforeEach
  void createKey() {
    key = root.createKey().keyMetadata().keyId();
    arn = root.describeKey(b -> b.keyId(key)).keyMetadata().arn();
  }

  @Test
  void aGrantGivesLeaveForItsOperationsAtOnceAndToNobodyElse() {
    assertDenied(() -> encrypt(alice, Map.of()));
    CreateGrantResponse grant = grant(ALICE, "Encrypt", "DescribeKey");

    assertThat(grant.grantId()).matches("[0-9a-f]{64}");
    SdkBytes sealed = encrypt(alice, Map.of());
    assertThat(alice.describeKey(b -> b.keyId(arn)).keyMetadata().keyId()).isEqualTo(key);
    assertDenied(() -> alice.decrypt(b -> b.ciphertextBlob(sealed)));
    assertDenied(() -> encrypt(bob, Map.of()));

    root.revokeGrant(b -> b.keyId(key).grantId(grant.grantId()));
    assertDenied(() -> encrypt(alice, Map.of()));
  }

  @Test
  void aGrantNeverOverrulesADeny() {
    grant(ALICE, "Encrypt");
    encrypt(alice, Map.of());
    root.putKeyPolicy(b ->
        b.keyId(key)
            .policy(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                    + "{\"AWS\":\"arn:aws:iam::000000000001:root\"},\"Action\":\"kms:*\","
                    + "\"Resource\":\"*\"},{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\""
                    + ALICE
                    + "\"},\"Action\":\"kms:Encrypt\",\"Resource\":\"*\"}]}"));

    assertThatThrownBy(() -> encrypt(alice, Map.of()))
        .hasMessageContaining("with an explicit deny in a resource-based policy");
  }

  @Test
  void aGrantIsBoundToItsEncryptionContext() {
    root.createGrant(b ->
        b.keyId(key)
            .granteePrincipal(ALICE)
            .operations(GrantOperation.ENCRYPT)
            .constraints(c -> c.encryptionContextEquals(Map.of("a", "1"))));
    root.createGrant(b ->
        b.keyId(key)
            .granteePrincipal(ALICE)
            .operations(GrantOperation.DECRYPT)
            .constraints(c -> c.encryptionContextSubset(Map.of("a", "1"))));

    SdkBytes sealed = encrypt(alice, Map.of("a", "1"));
    assertDenied(() -> encrypt(alice, Map.of()));
    assertDenied(() -> encrypt(alice, Map.of("a", "1", "b", "2")));
    assertThat(
            alice
                .decrypt(b -> b.ciphertextBlob(sealed).encryptionContext(Map.of("a", "1")))
                .plaintext())
        .isEqualTo(SECRET);
    SdkBytes more = encrypt(root, Map.of("a", "1", "b", "2"));
    assertThat(
            alice
                .decrypt(b -> b.ciphertextBlob(more).encryptionContext(Map.of("a", "1", "b", "2")))
                .plaintext())
        .isEqualTo(SECRET);
    assertDenied(() -> alice.decrypt(b -> b.ciphertextBlob(encrypt(root, Map.of()))));
  }

  @Test
  void whoMayPassOnGivesNoMoreThanItHas() {
    root.createGrant(b ->
        b.keyId(key)
            .granteePrincipal(ALICE)
            .operations(GrantOperation.CREATE_GRANT, GrantOperation.ENCRYPT)
            .constraints(c -> c.encryptionContextSubset(Map.of("a", "1"))));

    assertDenied(() ->
        alice.createGrant(
            b -> b.keyId(arn).granteePrincipal(BOB).operations(GrantOperation.ENCRYPT)));
    assertDenied(() ->
        alice.createGrant(b ->
            b.keyId(arn)
                .granteePrincipal(BOB)
                .operations(GrantOperation.DECRYPT)
                .constraints(c -> c.encryptionContextSubset(Map.of("a", "1")))));
    alice.createGrant(b ->
        b.keyId(arn)
            .granteePrincipal(BOB)
            .operations(GrantOperation.ENCRYPT)
            .constraints(c -> c.encryptionContextSubset(Map.of("a", "1", "b", "2"))));
    encrypt(bob, Map.of("a", "1", "b", "2"));
    assertDenied(() -> encrypt(bob, Map.of("a", "1")));
  }

  @Test
  void aRepeatedNameMakesOneGrant() {
    CreateGrantResponse first = named("mine", "Encrypt");
    CreateGrantResponse again = named("mine", "Encrypt");
    CreateGrantResponse other = named("mine", "Decrypt");

    assertThat(again.grantId()).isEqualTo(first.grantId());
    assertThat(again.grantToken()).isNotEqualTo(first.grantToken());
    assertThat(other.grantId()).isNotEqualTo(first.grantId());
    assertThat(grant(ALICE, "Encrypt").grantId()).isNotEqualTo(grant(ALICE, "Encrypt").grantId());
    assertThat(root.listGrants(b -> b.keyId(key)).grants()).hasSize(4);
  }

  @Test
  void aGrantIsListedAsItWasMade() {
    CreateGrantResponse made =
        root.createGrant(b ->
            b.keyId(key)
                .granteePrincipal(ALICE)
                .retiringPrincipal(BOB)
                .name("whole")
                .operationsWithStrings("Encrypt", "Decrypt")
                .constraints(c -> c.encryptionContextSubset(Map.of("a", "1"))));

    GrantListEntry entry = root.listGrants(b -> b.keyId(arn)).grants().getFirst();
    assertThat(entry.grantId()).isEqualTo(made.grantId());
    assertThat(entry.keyId()).isEqualTo(arn);
    assertThat(entry.name()).isEqualTo("whole");
    assertThat(entry.granteePrincipal()).isEqualTo(ALICE);
    assertThat(entry.retiringPrincipal()).isEqualTo(BOB);
    assertThat(entry.issuingAccount()).isEqualTo("arn:aws:iam::000000000001:root");
    assertThat(entry.operationsAsStrings()).containsExactly("Encrypt", "Decrypt");
    assertThat(entry.constraints().encryptionContextSubset()).isEqualTo(Map.of("a", "1"));
    assertThat(entry.constraints().hasEncryptionContextEquals()).isFalse();
    assertThat(entry.creationDate()).isNotNull();
  }

  @Test
  void grantsAreListedInPagesAndByFilter() {
    IntStream.range(0, 5).forEach(_ -> grant(ALICE, "Encrypt"));
    CreateGrantResponse bobs = grant(BOB, "Decrypt");

    assertThat(root.listGrantsPaginator(b -> b.keyId(key).limit(2)).grants().stream())
        .extracting(GrantListEntry::grantId)
        .hasSize(6)
        .doesNotHaveDuplicates();
    assertThat(root.listGrants(b -> b.keyId(key).limit(2)).truncated()).isTrue();
    assertThat(root.listGrants(b -> b.keyId(key).granteePrincipal(BOB)).grants())
        .extracting(GrantListEntry::grantId)
        .containsExactly(bobs.grantId());
    assertThat(root.listGrants(b -> b.keyId(key).grantId(bobs.grantId())).grants()).hasSize(1);
    assertThat(root.listGrants(b -> b.keyId(key).grantId("f".repeat(64))).grants()).isEmpty();
  }

  @Test
  void whoMayRetireDoesSoByTokenOrByIds() {
    CreateGrantResponse byToken = retirable();
    CreateGrantResponse byIds = retirable();
    assertThat(root.listRetirableGrants(b -> b.retiringPrincipal(BOB)).grants())
        .extracting(GrantListEntry::grantId)
        .contains(byToken.grantId(), byIds.grantId());

    assertDenied(() -> alice.retireGrant(b -> b.grantToken(byToken.grantToken())));
    bob.retireGrant(b -> b.grantToken(byToken.grantToken()));
    bob.retireGrant(b -> b.keyId(arn).grantId(byIds.grantId()));
    assertDenied(() -> encrypt(alice, Map.of()));
    assertThatThrownBy(() -> bob.retireGrant(b -> b.grantToken(byToken.grantToken())))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aGranteeGivesBackWhatSaysSo() {
    CreateGrantResponse kept = grant(ALICE, "Encrypt");
    CreateGrantResponse own = grant(ALICE, "Encrypt", "RetireGrant");

    alice.retireGrant(b -> b.keyId(arn).grantId(own.grantId()));
    assertDenied(() -> alice.retireGrant(b -> b.keyId(arn).grantId(kept.grantId())));
    root.retireGrant(b -> b.keyId(arn).grantId(kept.grantId()));
    assertThat(root.listGrants(b -> b.keyId(key)).grants()).isEmpty();
  }

  @Test
  void retiringTakesOneWayOfNaming() {
    CreateGrantResponse made = retirable();
    assertThatThrownBy(() -> root.retireGrant(b -> b.grantToken("not-a-token")))
        .isInstanceOf(InvalidGrantTokenException.class);
    assertThatThrownBy(() -> root.retireGrant(b -> b.keyId(arn)))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("Specify either a grant token, or a key ID and a grant ID.");
    assertThatThrownBy(() ->
            root.retireGrant(
                b -> b.keyId(arn).grantId(made.grantId()).grantToken(made.grantToken())))
        .hasMessageContaining("Specify either");
    assertThatThrownBy(() -> root.revokeGrant(b -> b.keyId(key).grantId("f".repeat(64))))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Grant ID " + "f".repeat(64) + " not found");
  }

  @Test
  void dryRunsMakeAndTakeNothing() {
    assertThatThrownBy(() ->
            root.createGrant(b ->
                b.keyId(key)
                    .granteePrincipal(ALICE)
                    .operations(GrantOperation.ENCRYPT)
                    .dryRun(true)))
        .isInstanceOf(DryRunOperationException.class);
    assertThat(root.listGrants(b -> b.keyId(key)).grants()).isEmpty();
    String id = grant(ALICE, "Encrypt").grantId();
    assertThatThrownBy(() -> root.revokeGrant(b -> b.keyId(key).grantId(id).dryRun(true)))
        .isInstanceOf(DryRunOperationException.class);
    assertThatThrownBy(() -> root.retireGrant(b -> b.keyId(arn).grantId(id).dryRun(true)))
        .isInstanceOf(DryRunOperationException.class);
    encrypt(alice, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sign", "GenerateMac", "GetPublicKey", "DeriveSharedSecret"})
  void aGrantIsForWhatTheKeyCanDo(String operation) {
    assertThatThrownBy(() -> grant(ALICE, operation))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining(operation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "arn:aws:iam::000000000001:group/team",
        "arn:aws:iam::1:user/alice",
        "arn:aws:s3:::bucket",
        "arn:aws:iam::000000000001:user/"
      })
  void aGranteeIsSomebody(String grantee) {
    assertThatThrownBy(() -> grant(grantee, "Encrypt")).isInstanceOf(InvalidArnException.class);
  }

  @Test
  void aKeyThatCannotBeUsedCannotBeGranted() {
    String existing = grant(ALICE, "Encrypt").grantId();
    root.disableKey(b -> b.keyId(key));
    assertThatThrownBy(() -> grant(ALICE, "Encrypt")).isInstanceOf(DisabledException.class);
    root.scheduleKeyDeletion(b -> b.keyId(key));
    assertThatThrownBy(() -> grant(ALICE, "Encrypt")).isInstanceOf(KmsInvalidStateException.class);
    // What was given can be taken back in every state.
    root.revokeGrant(b -> b.keyId(key).grantId(existing));
  }

  private CreateGrantResponse grant(String grantee, String... operations) {
    return root.createGrant(
        b -> b.keyId(key).granteePrincipal(grantee).operationsWithStrings(operations));
  }

  private CreateGrantResponse named(String name, String operation) {
    return root.createGrant(
        b -> b.keyId(key).granteePrincipal(ALICE).name(name).operationsWithStrings(operation));
  }

  private CreateGrantResponse retirable() {
    return root.createGrant(b ->
        b.keyId(key)
            .granteePrincipal(ALICE)
            .retiringPrincipal(BOB)
            .operations(GrantOperation.ENCRYPT));
  }

  private SdkBytes encrypt(KmsClient client, Map<String, String> context) {
    return client
        .encrypt(b -> b.keyId(arn).plaintext(SECRET).encryptionContext(context))
        .ciphertextBlob();
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KmsException.class,
            error ->
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
  }
}
