package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kms.AWSKMS;
import com.amazonaws.services.kms.AWSKMSClientBuilder;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.integration.awskms.AwsKmsAead;
import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;

/** Tink's client of AWS KMS, which is built on the first AWS SDK, with its endpoint configured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsTinkTest {

  private static final byte[] TEXT = bytes("sealed through Tink");
  private static final byte[] DATA = bytes("associated");

  @SuppressWarnings("NullAway.Init")
  private SekishoInstance sekisho;

  @SuppressWarnings("NullAway.Init")
  private AWSKMS client;

  @BeforeAll
  void start(@TempDir Path folder) throws GeneralSecurityException {
    AeadConfig.register();
    sekisho = SekishoInstance.start(folder);
    client =
        AWSKMSClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(sekisho.address().toString(), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(
                    new BasicAWSCredentials(
                        SekishoInstance.ROOT.accessKeyId(),
                        SekishoInstance.ROOT.secretAccessKey())))
            .build();
  }

  @AfterAll
  void stop() {
    client.shutdown();
    sekisho.close();
  }

  private Aead aead() {
    return new AwsKmsAead(
        client, sekisho.client(KmsClient.builder()).createKey().keyMetadata().arn());
  }

  @Test
  void theKeyItselfSealsAndOpens() throws GeneralSecurityException {
    Aead aead = aead();
    byte[] sealed = aead.encrypt(TEXT, DATA);

    assertThat(aead.decrypt(sealed, DATA)).isEqualTo(TEXT);
    assertThatThrownBy(() -> aead.decrypt(sealed, bytes("other")))
        .isInstanceOf(GeneralSecurityException.class);
    Aead another = aead();
    assertThatThrownBy(() -> another.decrypt(sealed, DATA))
        .isInstanceOf(GeneralSecurityException.class);
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> aead.decrypt(sealed, DATA))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void dataKeysOfItsEnvelopesAreWrapped() throws GeneralSecurityException {
    Aead remote = aead();
    Aead envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, remote);
    byte[] text = bytes("a long text ".repeat(10_000));
    byte[] sealed = envelope.encrypt(text, DATA);

    assertThat(envelope.decrypt(sealed, DATA)).isEqualTo(text);
    Aead stranger = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, aead());
    assertThatThrownBy(() -> stranger.decrypt(sealed, DATA))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aKeysetIsKeptEncrypted() throws GeneralSecurityException {
    Aead remote = aead();
    KeysetHandle keys = KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM"));
    byte[] kept =
        TinkProtoKeysetFormat.serializeEncryptedKeyset(
            keys, remote, DATA, RegistryConfiguration.get());
    byte[] sealed = keys.getPrimitive(RegistryConfiguration.get(), Aead.class).encrypt(TEXT, DATA);

    KeysetHandle again =
        TinkProtoKeysetFormat.parseEncryptedKeyset(kept, remote, DATA, RegistryConfiguration.get());
    assertThat(again.getPrimitive(RegistryConfiguration.get(), Aead.class).decrypt(sealed, DATA))
        .isEqualTo(TEXT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
