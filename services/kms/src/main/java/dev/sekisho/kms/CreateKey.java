package dev.sekisho.kms;

import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.CreateKeyResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.ChangeStamps;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a key and its first material. */
final class CreateKey {

  private static final int MATERIAL = 32;
  private static final int MATERIAL_ID = 32;

  private final KeyStore keys;
  private final MaterialStore materials;
  private final ChangeStamps stamps;
  private final Randomness randomness;

  CreateKey(KeyStore keys, MaterialStore materials, ChangeStamps stamps, Randomness randomness) {
    this.keys = keys;
    this.materials = materials;
    this.stamps = stamps;
    this.randomness = randomness;
  }

  Guarded<CreateKeyResponse> handle(Call<CreateKeyRequest> call) {
    CreateKeyRequest input = call.input();
    KeySpec spec = spec(input);
    KeyUsage usage = usage(spec, input.keyUsage());
    requireServed(input, spec);
    Map<String, String> tags = Tags.of(input.tags());
    return Guarded.by(
        access(call, spec, usage, tags),
        _ -> {
          Key key = key(call, spec, usage, tags);
          Material material =
              new Material(
                  String.valueOf(key.materialId()),
                  key.name(),
                  Secret.of(randomness.bytes(MATERIAL)));
          return Outcome.change(transaction -> {
            keys.insert(transaction, key);
            materials.insert(transaction, material, key.createdAt());
            stamps.bump(transaction, Keys.TOPIC);
            return CreateKeyResponse.builder().keyMetadata(KeyDescription.of(key)).build();
          });
        });
  }

  private static KeySpec spec(CreateKeyRequest input) {
    if (input.keySpec() != null && input.customerMasterKeySpec() != null) {
      throw KmsErrors.validation(
          "You cannot specify KeySpec and CustomerMasterKeySpec in the same request."
              + " CustomerMasterKeySpec is deprecated.");
    }
    String spec = input.keySpec() != null ? input.keySpec() : input.customerMasterKeySpec();
    return spec == null ? KeySpec.SYMMETRIC_DEFAULT : KeySpec.valueOf(spec);
  }

  private static KeyUsage usage(KeySpec spec, @Nullable String asked) {
    if (asked == null) {
      if (!spec.isSymmetricEncryption()) {
        throw KmsErrors.validation(
            "You must specify a KeyUsage value for all KMS keys except for symmetric encryption"
                + " keys.");
      }
      return KeyUsage.ENCRYPT_DECRYPT;
    }
    KeyUsage usage = KeyUsage.valueOf(asked);
    if (!spec.usages().contains(usage)) {
      throw KmsErrors.validation("KeyUsage " + usage + " is not compatible with KeySpec " + spec);
    }
    return usage;
  }

  private static void requireServed(CreateKeyRequest input, KeySpec spec) {
    if (spec != KeySpec.SYMMETRIC_DEFAULT) {
      throw KmsErrors.notImplemented("keys of the KeySpec " + spec);
    }
    if (input.customKeyStoreId() != null || input.xksKeyId() != null) {
      throw KmsErrors.notImplemented("custom key stores");
    }
    if (input.origin() != null && !input.origin().equals(Key.AWS_KMS)) {
      throw KmsErrors.notImplemented("keys of the Origin " + input.origin());
    }
    if (Boolean.TRUE.equals(input.multiRegion())) {
      throw KmsErrors.notImplemented("multi-Region keys");
    }
  }

  private static Access access(
      Call<CreateKeyRequest> call, KeySpec spec, KeyUsage usage, Map<String, String> tags) {
    AccessCheck create =
        KeyAccess.ofAny(call, "kms:CreateKey")
            .with("kms:KeySpec", spec.name())
            .with("kms:KeyUsage", usage.name())
            .with("kms:KeyOrigin", Key.AWS_KMS)
            .with("kms:MultiRegion", "false")
            .with("kms:BypassPolicyLockoutSafetyCheck", String.valueOf(bypass(call.input())));
    if (tags.isEmpty()) {
      return Access.of(create);
    }
    AccessCheck tag = KeyAccess.ofAny(call, "kms:TagResource");
    return Access.of(withTags(create, tags), withTags(tag, tags));
  }

  private static AccessCheck withTags(AccessCheck check, Map<String, String> tags) {
    AccessCheck tagged = check.with("aws:TagKeys", List.copyOf(tags.keySet()));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      tagged = tagged.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
    }
    return tagged;
  }

  private static boolean bypass(CreateKeyRequest input) {
    return Boolean.TRUE.equals(input.bypassPolicyLockoutSafetyCheck());
  }

  private Key key(
      Call<CreateKeyRequest> call, KeySpec spec, KeyUsage usage, Map<String, String> tags) {
    CreateKeyRequest input = call.input();
    KeyName name = new KeyName(call.account(), call.region(), randomness.uuid().toString());
    String policy = input.policy();
    Key key =
        Key.of(
            name,
            input.description() == null ? "" : input.description(),
            spec,
            usage,
            Key.AWS_KMS,
            KeyState.ENABLED,
            call.context().time(),
            null,
            HexFormat.of().formatHex(randomness.bytes(MATERIAL_ID)),
            policy == null ? DefaultKeyPolicy.of(call.account()) : policy,
            null,
            List.of(),
            tags,
            List.of());
    if (policy != null) {
      KeyPolicyRules.check(call, name, key.conditions(), policy, bypass(input));
    }
    return key;
  }
}
