package dev.sekisho.kms;

import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.CreateKeyResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import dev.sekisho.kms.MaterialStore.Material;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a key and its first material. */
final class CreateKey {

  private final KeyStore keys;
  private final MaterialStore materials;
  private final KeyStamps stamps;
  private final NewMaterial newMaterial;
  private final Randomness randomness;
  private final KeyPolicyRules policyRules;

  CreateKey(
      KeyStore keys,
      MaterialStore materials,
      KeyStamps stamps,
      NewMaterial newMaterial,
      Randomness randomness,
      KeyPolicyRules policyRules) {
    this.keys = keys;
    this.materials = materials;
    this.stamps = stamps;
    this.newMaterial = newMaterial;
    this.randomness = randomness;
    this.policyRules = policyRules;
  }

  Guarded<CreateKeyResponse> handle(Call<CreateKeyRequest> call) {
    CreateKeyRequest input = call.input();
    KeySpec spec = spec(input);
    KeyUsage usage = usage(spec, input.keyUsage());
    requireServed(input);
    Map<String, String> tags = Tags.of(input.tags());
    return Guarded.by(
        access(call, spec, usage, tags),
        _ -> {
          Key key = key(call, spec, usage, tags);
          String id = key.materialId();
          Material material = id == null ? null : newMaterial.of(key.name(), id, spec);
          return Outcome.change(transaction -> {
            keys.requireRoom(transaction, key.name());
            keys.insert(transaction, key);
            if (material != null) {
              materials.insert(transaction, material, key.createdAt());
            }
            stamps.changed(transaction, key.name());
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

  private static void requireServed(CreateKeyRequest input) {
    if (input.customKeyStoreId() != null || input.xksKeyId() != null) {
      throw KmsErrors.notImplemented("custom key stores");
    }
    if (!origin(input).equals(Key.AWS_KMS) && !origin(input).equals(Key.EXTERNAL)) {
      throw KmsErrors.notImplemented("keys of the Origin " + input.origin());
    }
  }

  private static String origin(CreateKeyRequest input) {
    return input.origin() == null ? Key.AWS_KMS : input.origin();
  }

  private static Access access(
      Call<CreateKeyRequest> call, KeySpec spec, KeyUsage usage, Map<String, String> tags) {
    AccessCheck create =
        KeyAccess.ofAny(call, "kms:CreateKey")
            .with("kms:KeySpec", spec.name())
            .with("kms:KeyUsage", usage.name())
            .with("kms:KeyOrigin", origin(call.input()))
            .with("kms:MultiRegion", String.valueOf(isMultiRegion(call.input())))
            .with("kms:BypassPolicyLockoutSafetyCheck", String.valueOf(bypass(call.input())));
    if (tags.isEmpty()) {
      return Access.of(create);
    }
    AccessCheck tag = KeyAccess.ofAny(call, "kms:TagResource");
    return Access.of(Tags.requested(create, tags), Tags.requested(tag, tags));
  }

  private static boolean isMultiRegion(CreateKeyRequest input) {
    return Boolean.TRUE.equals(input.multiRegion());
  }

  private static boolean bypass(CreateKeyRequest input) {
    return Boolean.TRUE.equals(input.bypassPolicyLockoutSafetyCheck());
  }

  private Key key(
      Call<CreateKeyRequest> call, KeySpec spec, KeyUsage usage, Map<String, String> tags) {
    CreateKeyRequest input = call.input();
    String uuid = randomness.uuid().toString();
    boolean multiRegion = isMultiRegion(input);
    String id = multiRegion ? KeyName.MULTI_REGION + uuid.replace("-", "") : uuid;
    KeyName name = new KeyName(call.account(), call.region(), id);
    String policy = input.policy();
    boolean external = origin(input).equals(Key.EXTERNAL);
    Key key =
        Key.of(
            name,
            input.description() == null ? "" : input.description(),
            spec,
            usage,
            origin(input),
            external ? KeyState.PENDING_IMPORT : KeyState.ENABLED,
            call.context().time(),
            null,
            null,
            external ? null : newMaterial.id(),
            policy == null ? DefaultKeyPolicy.of(call.account()) : policy,
            multiRegion ? call.region() : null,
            List.of(),
            tags,
            List.of(),
            external ? ImportedMaterial.of(List.of()) : null,
            null);
    if (policy != null) {
      policyRules.check(call, name, key.conditions(), policy, bypass(input));
    }
    return key;
  }
}
