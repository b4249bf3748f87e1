package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.UpdateAliasRequest;
import dev.sekisho.core.Blob;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in use are kept ready, and no longer than they are right. */
class WarmKeysTest {

  @TempDir private Path folder;
  private KmsFixture fixture;
  private KeyMetadata key;

  @BeforeEach
  void open() {
    fixture = new KmsFixture(folder);
    key = fixture.create();
    fixture.run(
        fixture.kms()::createAlias,
        CreateAliasRequest.builder().aliasName("alias/warm").targetKeyId(key.keyId()).build());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void encryptAndDecryptDoNoSqlWhenWarm() {
    Blob sealed = encrypt("alias/warm");
    decrypt(sealed);
    fixture.database().close();

    assertThat(decrypt(encrypt("alias/warm"))).isEqualTo(new byte[] {7});
    assertThat(decrypt(sealed)).isEqualTo(new byte[] {7});
  }

  @Test
  void aChangeIsSeenByTheVeryNextCall() {
    Blob sealed = encrypt("alias/warm");
    for (int i = 0; i < 20; i++) {
      fixture.run(
          fixture.kms()::disableKey, DisableKeyRequest.builder().keyId(key.keyId()).build());
      assertThatThrownBy(() -> encrypt("alias/warm")).hasMessage(key.arn() + " is disabled.");
      assertThatThrownBy(() -> decrypt(sealed)).hasMessage(key.arn() + " is disabled.");
      fixture.run(fixture.kms()::enableKey, EnableKeyRequest.builder().keyId(key.keyId()).build());
      assertThat(decrypt(sealed)).isEqualTo(new byte[] {7});
    }
  }

  @Test
  void aMovedAliasEncryptsUnderItsNewKey() {
    encrypt("alias/warm");
    KeyMetadata other = fixture.create();
    fixture.run(
        fixture.kms()::updateAlias,
        UpdateAliasRequest.builder().aliasName("alias/warm").targetKeyId(other.keyId()).build());

    assertThat(
            fixture
                .run(
                    fixture.kms()::encrypt,
                    EncryptRequest.builder()
                        .keyId("alias/warm")
                        .plaintext(Blob.of(new byte[] {7}))
                        .build())
                .keyId())
        .isEqualTo(other.arn());
  }

  private Blob encrypt(String keyId) {
    return Objects.requireNonNull(
        fixture
            .run(
                fixture.kms()::encrypt,
                EncryptRequest.builder().keyId(keyId).plaintext(Blob.of(new byte[] {7})).build())
            .ciphertextBlob());
  }

  private byte[] decrypt(Blob sealed) {
    return Objects.requireNonNull(
            fixture
                .run(
                    fixture.kms()::decrypt, DecryptRequest.builder().ciphertextBlob(sealed).build())
                .plaintext())
        .bytes();
  }
}
