package dev.sekisho.kms;

import dev.sekisho.contract.kms.GetPublicKeyRequest;
import dev.sekisho.contract.kms.GetPublicKeyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;

/** Gives out the half of an asymmetric key that everybody may have. */
final class GetPublicKey {

  private static final String ACTION = "kms:GetPublicKey";

  private final Keys keys;
  private final KeyAccess access;

  GetPublicKey(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  Guarded<GetPublicKeyResponse> handle(Call<GetPublicKeyRequest> call) {
    KeyUse use = keys.use(call, call.input().keyId(), ACTION);
    Key key = use.key();
    return Guarded.by(
        access.of(call, ACTION, use, Map.of()),
        _ -> {
          key.requireUsable();
          if (key.spec().keyPair() == null) {
            throw KmsErrors.unsupported(
                key.name().arn()
                    + " key spec is "
                    + key.spec()
                    + " which is not valid for this operation.");
          }
          return Outcome.answer(describe(key));
        });
  }

  private GetPublicKeyResponse describe(Key key) {
    GetPublicKeyResponse.Builder response =
        GetPublicKeyResponse.builder()
            .keyId(key.name().arn())
            .publicKey(keys.pair(key).subjectPublicKeyInfo())
            .customerMasterKeySpec(key.spec().name())
            .keySpec(key.spec().name())
            .keyUsage(key.usage().name());
    List<String> algorithms = key.spec().algorithms(key.usage());
    switch (key.usage()) {
      case ENCRYPT_DECRYPT -> response.encryptionAlgorithms(algorithms);
      case SIGN_VERIFY -> response.signingAlgorithms(algorithms);
      case KEY_AGREEMENT -> response.keyAgreementAlgorithms(algorithms);
      case ENCAPSULATE_DECAPSULATE -> response.encapsulationAlgorithms(algorithms);
      case GENERATE_VERIFY_MAC -> throw new IllegalStateException("HMAC keys have one half only");
    }
    return response.build();
  }
}
