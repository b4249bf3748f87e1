package dev.sekisho.kms;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DecryptResponse;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.EncryptResponse;
import dev.sekisho.contract.kms.GenerateDataKeyRequest;
import dev.sekisho.contract.kms.GenerateDataKeyResponse;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** KMS for the other services: each use is a call of the API, made on the caller's behalf. */
final class ServiceKeys implements KeyService {

  private static final String DOMAIN = ".amazonaws.com";

  private final KmsService api;
  private final ManagedKeys managed;
  private final InnerCalls calls;
  private final Randomness randomness;

  ServiceKeys(KmsService api, ManagedKeys managed, InnerCalls calls, Randomness randomness) {
    this.api = api;
    this.managed = managed;
    this.calls = calls;
    this.randomness = randomness;
  }

  @Override
  public Sealed encrypt(Use use, Secret plaintext) {
    byte[] revealed = plaintext.reveal();
    try {
      EncryptResponse response =
          call(
              use,
              "Encrypt",
              api::encrypt,
              EncryptRequest.builder()
                  .keyId(keyId(use))
                  .plaintext(Blob.of(revealed))
                  .encryptionContext(context(use))
                  .build());
      return new Sealed(given(response.ciphertextBlob()), given(response.keyId()));
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  @Override
  public Opened decrypt(Use use, Blob ciphertext) {
    DecryptResponse response =
        call(
            use,
            "Decrypt",
            api::decrypt,
            DecryptRequest.builder()
                .keyId(use.keyId())
                .ciphertextBlob(ciphertext)
                .encryptionContext(context(use))
                .build());
    return new Opened(secret(given(response.plaintext())), given(response.keyId()));
  }

  @Override
  public DataKey generateDataKey(Use use) {
    GenerateDataKeyResponse response =
        call(
            use,
            "GenerateDataKey",
            api::generateDataKey,
            GenerateDataKeyRequest.builder()
                .keyId(keyId(use))
                .keySpec("AES_256")
                .encryptionContext(context(use))
                .build());
    return new DataKey(
        secret(given(response.plaintext())),
        given(response.ciphertextBlob()),
        given(response.keyId()));
  }

  /** The key to seal with, made if it is the service's own and not there yet. */
  private String keyId(Use use) {
    String named = use.keyId();
    if (named != null && !named.contains("alias/aws/")) {
      return named;
    }
    AliasName own = ManagedKeys.alias(use.call().account(), use.call().region(), use.service());
    if (named == null || named.equals(own.name()) || named.equals(own.arn())) {
      managed.provide(own, use.call().time());
      return own.name();
    }
    return named;
  }

  private static @Nullable Map<String, String> context(Use use) {
    return use.encryptionContext().isEmpty() ? null : use.encryptionContext();
  }

  private <I extends Structure, O extends Structure> O call(
      Use use, String name, Function<Call<I>, Guarded<O>> operation, I input) {
    return calls.call(
        KmsModel.SERVICE,
        call -> {
          api.admit(call);
          return operation.apply(call);
        },
        input,
        use.call()
            .forwarded(
                randomness.uuid().toString(),
                use.service() + DOMAIN,
                KmsModel.SERVICE.signingName(),
                name,
                use.call().region()));
  }

  private static Secret secret(Blob blob) {
    byte[] bytes = blob.bytes();
    try {
      return Secret.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static <T> T given(@Nullable T member) {
    if (member == null) {
      throw new IllegalStateException("KMS answered without a member that it always gives");
    }
    return member;
  }
}
