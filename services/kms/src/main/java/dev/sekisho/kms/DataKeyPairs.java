package dev.sekisho.kms;

import dev.sekisho.contract.kms.GenerateDataKeyPairRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairResponse;
import dev.sekisho.contract.kms.GenerateDataKeyPairWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairWithoutPlaintextResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes key pairs for others: the private half in the clear and sealed, or sealed alone. */
final class DataKeyPairs {

  private final Keys keys;
  private final KeyAccess access;
  private final Ciphertexts ciphertexts;
  private final NewMaterial material;

  DataKeyPairs(Keys keys, KeyAccess access, Ciphertexts ciphertexts, NewMaterial material) {
    this.keys = keys;
    this.access = access;
    this.ciphertexts = ciphertexts;
    this.material = material;
  }

  Guarded<GenerateDataKeyPairResponse> generate(Call<GenerateDataKeyPairRequest> call) {
    String operation = "GenerateDataKeyPair";
    GenerateDataKeyPairRequest input = call.input();
    Attestation.refuse(input.recipient());
    KeyUse use = keys.use(call, input.keyId(), "kms:" + operation);
    Key key = use.key();
    return Guarded.by(
        check(call, operation, use, input.keyPairSpec(), input.encryptionContext()),
        _ -> {
          AsymmetricKey pair = make(key, operation, input.keyPairSpec(), input.dryRun());
          byte[] privateKey = pair.pkcs8().reveal();
          return Outcome.answer(
              GenerateDataKeyPairResponse.builder()
                  .privateKeyCiphertextBlob(
                      ciphertexts.seal(key, input.encryptionContext(), privateKey))
                  .privateKeyPlaintext(Blob.of(privateKey))
                  .publicKey(pair.subjectPublicKeyInfo())
                  .keyId(key.name().arn())
                  .keyPairSpec(input.keyPairSpec())
                  .keyMaterialId(key.materialId())
                  .build());
        });
  }

  Guarded<GenerateDataKeyPairWithoutPlaintextResponse> generateWithoutPlaintext(
      Call<GenerateDataKeyPairWithoutPlaintextRequest> call) {
    String operation = "GenerateDataKeyPairWithoutPlaintext";
    GenerateDataKeyPairWithoutPlaintextRequest input = call.input();
    KeyUse use = keys.use(call, input.keyId(), "kms:" + operation);
    Key key = use.key();
    return Guarded.by(
        check(call, operation, use, input.keyPairSpec(), input.encryptionContext()),
        _ -> {
          AsymmetricKey pair = make(key, operation, input.keyPairSpec(), input.dryRun());
          byte[] privateKey = pair.pkcs8().reveal();
          Blob sealed = ciphertexts.seal(key, input.encryptionContext(), privateKey);
          Arrays.fill(privateKey, (byte) 0);
          return Outcome.answer(
              GenerateDataKeyPairWithoutPlaintextResponse.builder()
                  .privateKeyCiphertextBlob(sealed)
                  .publicKey(pair.subjectPublicKeyInfo())
                  .keyId(key.name().arn())
                  .keyPairSpec(input.keyPairSpec())
                  .keyMaterialId(key.materialId())
                  .build());
        });
  }

  private AccessCheck check(
      Call<?> call,
      String operation,
      KeyUse use,
      String pairSpec,
      @Nullable Map<String, String> context) {
    Map<String, List<String>> conditions = KeyAccess.encryption(context, Ciphertexts.SYMMETRIC);
    conditions.put("kms:DataKeyPairSpec", List.of(pairSpec));
    return access.of(call, "kms:" + operation, use, conditions);
  }

  private AsymmetricKey make(Key key, String operation, String pairSpec, @Nullable Boolean dryRun) {
    key.requireCapableOfDataKeys(operation);
    DryRun.stop(dryRun);
    return material.pair(KeyPairSpec.valueOf(pairSpec));
  }
}
