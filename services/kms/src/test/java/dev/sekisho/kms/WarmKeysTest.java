package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.UpdateAliasRequest;
import dev.sekisho.core.Blob;
import java.lang.management.ManagementFactory;
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

  /** Most of it is the ciphers' own; a copy of a policy or a row would show at once. */
  @Test
  void aWarmCallAllocatesLittle() {
    Blob sealed = encrypt("alias/warm");
    for (int i = 0; i < 20_000; i++) {
      encrypt("alias/warm");
      decrypt(sealed);
    }
    fixture.forget();

    assertThat(allocated(() -> encrypt("alias/warm"))).isLessThan(16_000);
    assertThat(allocated(() -> decrypt(sealed))).isLessThan(16_000);
  }

  private static long allocated(Runnable call) {
    int times = 1_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      call.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / times;
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
