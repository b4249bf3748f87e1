package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoResult;
import com.amazonaws.encryptionsdk.exception.AwsCryptoException;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKey;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;

/** The AWS Encryption SDK for Java wraps its data keys by Sekisho, both of its ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsEncryptionSdkTest {

  private static final byte[] TEXT =
      "sealed by envelope".repeat(500).getBytes(StandardCharsets.UTF_8);
  private static final Map<String, String> CONTEXT = Map.of("purpose", "test", "tenant", "関所");

  private final AwsCrypto crypto =
      AwsCrypto.builder()
          .withCommitmentPolicy(CommitmentPolicy.RequireEncryptRequireDecrypt)
          .build();

  @SuppressWarnings("NullAway.Init")
  private SekishoInstance sekisho;

  @SuppressWarnings("NullAway.Init")
  private KmsClient kms;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    sekisho.close();
  }

  private String key() {
    return kms.createKey().keyMetadata().arn();
  }

  private IKeyring keyring(String key) {
    return materials()
        .CreateAwsKmsKeyring(
            CreateAwsKmsKeyringInput.builder().kmsKeyId(key).kmsClient(kms).build());
  }

  private static MaterialProviders materials() {
    return MaterialProviders.builder()
        .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
        .build();
  }

  private KmsMasterKeyProvider provider(String key) {
    return KmsMasterKeyProvider.builder().customRegionalClientSupplier(_ -> kms).buildStrict(key);
  }

  @Test
  void aKeyringSealsAndOpens() {
    String key = key();
    byte[] sealed = crypto.encryptData(keyring(key), TEXT, CONTEXT).getResult();

    CryptoResult<byte[], ?> opened = crypto.decryptData(keyring(key), sealed, CONTEXT);
    assertThat(opened.getResult()).isEqualTo(TEXT);
    assertThat(opened.getEncryptionContext()).containsAllEntriesOf(CONTEXT);
    IKeyring another = keyring(key());
    assertThatThrownBy(() -> crypto.decryptData(another, sealed, CONTEXT))
        .isInstanceOf(RuntimeException.class);
    sealed[sealed.length / 2] ^= 1;
    assertThatThrownBy(() -> crypto.decryptData(keyring(key), sealed, CONTEXT))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aKeyringOfSeveralKeysOpensByAnyOfThem() {
    String first = key();
    String second = key();
    IKeyring both =
        materials()
            .CreateAwsKmsMultiKeyring(
                CreateAwsKmsMultiKeyringInput.builder()
                    .generator(first)
                    .kmsKeyIds(List.of(second))
                    .clientSupplier(_ -> kms)
                    .build());
    byte[] sealed = crypto.encryptData(both, TEXT, CONTEXT).getResult();

    kms.disableKey(r -> r.keyId(first));
    assertThat(crypto.decryptData(keyring(second), sealed, CONTEXT).getResult()).isEqualTo(TEXT);
    IKeyring disabled = keyring(first);
    assertThatThrownBy(() -> crypto.decryptData(disabled, sealed, CONTEXT))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aMasterKeyProviderSealsAndOpensAndSeesARotation() {
    String key = key();
    CryptoResult<byte[], KmsMasterKey> sealed = crypto.encryptData(provider(key), TEXT, CONTEXT);
    assertThat(sealed.getMasterKeyIds()).containsExactly(key);
    kms.rotateKeyOnDemand(r -> r.keyId(key));

    assertThat(crypto.decryptData(provider(key), sealed.getResult()).getResult()).isEqualTo(TEXT);
    byte[] later = crypto.encryptData(provider(key), TEXT, CONTEXT).getResult();
    assertThat(crypto.decryptData(keyring(key), later, CONTEXT).getResult())
        .as("one way opens what the other sealed")
        .isEqualTo(TEXT);
    KmsMasterKeyProvider another = provider(key());
    assertThatThrownBy(() -> crypto.decryptData(another, later))
        .isInstanceOf(AwsCryptoException.class);
  }

  @Test
  void aKeyThatIsNotThereSealsNothing() {
    KmsMasterKeyProvider nobody =
        provider("arn:aws:kms:us-east-1:000000000001:key/00000000-0000-4000-8000-000000000000");
    assertThatThrownBy(() -> crypto.encryptData(nobody, TEXT, CONTEXT))
        .isInstanceOfAny(AwsCryptoException.class, KmsException.class);
  }
}
