package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.ReEncryptRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import dev.sekisho.contract.kms.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policies are asked before KMS does something. */
class KeyAccessTest {

  @TempDir private Path folder;
  private KmsFixture fixture;
  private KeyMetadata key;

  @BeforeEach
  void createTaggedKeyWithAlias() {
    fixture = new KmsFixture(folder);
    key =
        fixture.create(
            CreateKeyRequest.builder()
                .tags(List.of(Tag.builder().tagKey("Team").tagValue("blue").build()))
                .build());
    fixture.run(
        fixture.kms()::createAlias,
        CreateAliasRequest.builder().aliasName("alias/one").targetKeyId(key.keyId()).build());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void creatingATaggedKeyAsksForBothActionsWithWhatIsAskedFor() {
    List<AccessCheck> asked = fixture.asked().subList(0, 2);

    assertThat(asked)
        .extracting(AccessCheck::action)
        .containsExactly("kms:CreateKey", "kms:TagResource");
    assertThat(asked.getFirst().resource()).isEqualTo("*");
    assertThat(asked.getFirst().conditions())
        .containsEntry("kms:KeySpec", List.of("SYMMETRIC_DEFAULT"))
        .containsEntry("kms:KeyUsage", List.of("ENCRYPT_DECRYPT"))
        .containsEntry("kms:KeyOrigin", List.of("AWS_KMS"))
        .containsEntry("kms:BypassPolicyLockoutSafetyCheck", List.of("false"))
        .containsEntry("kms:CallerAccount", List.of("111122223333"))
        .containsEntry("aws:TagKeys", List.of("Team"))
        .containsEntry("aws:RequestTag/Team", List.of("blue"));
  }

  @Test
  void anAliasAsksOnTheAliasAndOnTheKey() {
    List<AccessCheck> asked = fixture.asked().subList(2, 4);

    assertThat(asked).extracting(AccessCheck::action).containsOnly("kms:CreateAlias");
    assertThat(asked)
        .extracting(AccessCheck::resource)
        .containsExactly("arn:aws:kms:us-east-1:111122223333:alias/one", key.arn());
  }

  @Test
  void everyCheckOnAKeyCarriesItsPolicyOwnerAndConditionKeys() {
    fixture.asked();
    fixture.run(
        fixture.kms()::encrypt,
        EncryptRequest.builder()
            .keyId("alias/one")
            .plaintext(Blob.of(new byte[] {1}))
            .encryptionContext(Map.of("AppName", "x", "Stage", "y"))
            .build());

    AccessCheck check = fixture.asked().getFirst();
    assertThat(check.action()).isEqualTo("kms:Encrypt");
    assertThat(check.resource()).isEqualTo(key.arn());
    assertThat(check.owner()).isEqualTo(KmsFixture.ACCOUNT);
    assertThat(check.resourcePolicy())
        .isEqualTo(
            new ResourcePolicy(
                ResourcePolicy.Kind.KEY_POLICY, DefaultKeyPolicy.of(KmsFixture.ACCOUNT)));
    assertThat(check.conditions())
        .containsEntry("kms:CallerAccount", List.of("111122223333"))
        .containsEntry("kms:KeySpec", List.of("SYMMETRIC_DEFAULT"))
        .containsEntry("kms:KeyUsage", List.of("ENCRYPT_DECRYPT"))
        .containsEntry("kms:KeyOrigin", List.of("AWS_KMS"))
        .containsEntry("kms:EncryptionAlgorithm", List.of("SYMMETRIC_DEFAULT"))
        .containsEntry("kms:RequestAlias", List.of("alias/one"))
        .containsEntry("kms:ResourceAliases", List.of("alias/one"))
        .containsEntry("kms:EncryptionContext:AppName", List.of("x"))
        .containsEntry("kms:EncryptionContext:Stage", List.of("y"))
        .containsEntry("aws:ResourceTag/Team", List.of("blue"))
        .doesNotContainKey("kms:ViaService");
    assertThat(check.conditions().get("kms:EncryptionContextKeys"))
        .containsExactlyInAnyOrder("AppName", "Stage");
  }

  @Test
  void decryptFindsTheKeyInTheCiphertextBeforeItAsks() {
    Blob sealed = seal();
    fixture.asked();
    fixture.run(fixture.kms()::decrypt, DecryptRequest.builder().ciphertextBlob(sealed).build());

    AccessCheck check = fixture.asked().getFirst();
    assertThat(check.action()).isEqualTo("kms:Decrypt");
    assertThat(check.resource()).isEqualTo(key.arn());
    assertThat(check.conditions())
        .doesNotContainKeys("kms:RequestAlias", "kms:EncryptionContextKeys");
  }

  @Test
  void reEncryptAsksOnBothKeysAndSaysWhetherTheyAreOne() {
    Blob sealed = seal();
    KeyMetadata other = fixture.create();
    fixture.asked();
    fixture.run(
        fixture.kms()::reEncrypt,
        ReEncryptRequest.builder().ciphertextBlob(sealed).destinationKeyId(other.arn()).build());
    List<AccessCheck> asked = fixture.asked();

    assertThat(asked)
        .extracting(AccessCheck::action)
        .containsExactly("kms:ReEncryptFrom", "kms:ReEncryptTo");
    assertThat(asked).extracting(AccessCheck::resource).containsExactly(key.arn(), other.arn());
    assertThat(asked)
        .allSatisfy(check ->
            assertThat(check.conditions())
                .containsEntry("kms:ReEncryptOnSameKey", List.of("false")));
  }

  @Test
  void theWaitingPeriodCanBeAskedFor() {
    fixture.asked();
    fixture.run(
        fixture.kms()::scheduleKeyDeletion,
        ScheduleKeyDeletionRequest.builder().keyId(key.keyId()).pendingWindowInDays(9).build());

    assertThat(fixture.asked().getFirst().conditions())
        .containsEntry("kms:ScheduleKeyDeletionPendingWindowInDays", List.of("9"));
  }

  @Test
  void anotherAccountMayUseAKeyByArnButNeverAdministerIt() {
    fixture.as(new Principal.Root(KmsFixture.STRANGER));
    fixture.asked();
    fixture.run(fixture.kms()::describeKey, DescribeKeyRequest.builder().keyId(key.arn()).build());

    AccessCheck check = fixture.asked().getFirst();
    assertThat(check.owner()).isEqualTo(KmsFixture.ACCOUNT);
    assertThat(check.conditions()).containsEntry("kms:CallerAccount", List.of("444455556666"));
    assertThatThrownBy(() ->
            fixture.run(
                fixture.kms()::enableKey, EnableKeyRequest.builder().keyId(key.arn()).build()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("AccessDeniedException"))
        .hasMessageStartingWith(
            "User: arn:aws:iam::444455556666:root is not authorized to perform: kms:EnableKey on"
                + " resource: "
                + key.arn());
  }

  @Test
  void anotherAccountDoesNotLearnWhetherAKeyIsThere() {
    fixture.as(new Principal.Root(KmsFixture.STRANGER));
    String missing =
        new KeyName(KmsFixture.ACCOUNT, "us-east-1", "134f2428-cec1-4b25-a1ae-9048164dba47").arn();

    assertThatThrownBy(() ->
            fixture.run(
                fixture.kms()::describeKey, DescribeKeyRequest.builder().keyId(missing).build()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("AccessDeniedException"));
  }

  private Blob seal() {
    Blob sealed =
        fixture
            .run(
                fixture.kms()::encrypt,
                EncryptRequest.builder()
                    .keyId(key.keyId())
                    .plaintext(Blob.of(new byte[] {1, 2}))
                    .build())
            .ciphertextBlob();
    return java.util.Objects.requireNonNull(sealed);
  }
}
