package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.ReplicateKeyRequest;
import dev.sekisho.contract.kms.ReplicateKeyResponse;
import dev.sekisho.contract.kms.Tag;
import dev.sekisho.contract.kms.UpdatePrimaryRegionRequest;
import dev.sekisho.contract.kms.UpdatePrimaryRegionResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are the same in several Regions: one is the primary, the others follow it.
 *
 * <p>Shared are id, spec, usage, origin, material and rotation; each has its own policy, aliases,
 * tags, grants, description and state.
 */
final class MultiRegionKeys {

  private final Keys keys;
  private final KeyAccess access;
  private final KeyStore store;
  private final RegionalMaterial materials;
  private final KeyPolicyRules policyRules;

  MultiRegionKeys(
      Keys keys,
      KeyAccess access,
      KeyStore store,
      RegionalMaterial materials,
      KeyPolicyRules policyRules) {
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.materials = materials;
    this.policyRules = policyRules;
  }

  Guarded<ReplicateKeyResponse> replicate(Call<ReplicateKeyRequest> call) {
    String action = "kms:ReplicateKey";
    ReplicateKeyRequest input = call.input();
    Key primary = keys.manage(call, input.keyId(), action);
    Map<String, String> tags = Tags.of(input.tags());
    Map<String, List<String>> conditions =
        Map.of("kms:ReplicaRegion", List.of(input.replicaRegion()));
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(access.of(call, action, new KeyUse(primary, null), conditions));
    checks.add(Tags.requested(KeyAccess.ofAny(call, "kms:CreateKey"), tags));
    if (!tags.isEmpty()) {
      checks.add(Tags.requested(KeyAccess.ofAny(call, "kms:TagResource"), tags));
    }
    return Guarded.by(
        new Access.Checked(checks),
        _ -> {
          requirePrimary(primary);
          Key replica = replica(call, primary, tags);
          checkPolicy(call, replica, input.policy());
          return keys.change(
              call,
              primary.name(),
              (transaction, found) -> {
                requirePrimary(found);
                insert(transaction, found, replica);
                return ReplicateKeyResponse.builder()
                    .replicaKeyMetadata(KeyDescription.ofNewReplica(found, replica))
                    .replicaPolicy(replica.policy())
                    .replicaTags(tags.isEmpty() ? null : list(tags))
                    .build();
              });
        });
  }

  private void insert(Transaction transaction, Key primary, Key replica) {
    boolean there =
        primary.replicaRegions().contains(replica.name().region())
            || primary.name().region().equals(replica.name().region());
    if (there) {
      throw KmsErrors.alreadyExists(
          "The key " + replica.name().arn() + " already exists in " + replica.name().region());
    }
    store.requireRoom(transaction, replica.name());
    store.insert(transaction, replica);
    materials.copy(transaction, primary, replica.name(), replica.createdAt());
  }

  private static Key replica(
      Call<ReplicateKeyRequest> call, Key primary, Map<String, String> tags) {
    ReplicateKeyRequest input = call.input();
    KeyName name =
        new KeyName(primary.name().account(), input.replicaRegion(), primary.name().id());
    boolean external = primary.origin().equals(Key.EXTERNAL);
    return Key.of(
        name,
        requireNonNullElse(input.description(), ""),
        primary.spec(),
        primary.usage(),
        primary.origin(),
        external ? KeyState.PENDING_IMPORT : KeyState.ENABLED,
        call.context().time(),
        null,
        null,
        primary.materialId(),
        requireNonNullElse(input.policy(), DefaultKeyPolicy.of(call.account())),
        primary.primaryRegion(),
        List.of(),
        tags,
        List.of(),
        external ? ImportedMaterial.of(List.of()) : null,
        primary.rotation());
  }

  private void checkPolicy(Call<ReplicateKeyRequest> call, Key replica, @Nullable String policy) {
    if (policy != null) {
      policyRules.check(
          call,
          replica.name(),
          replica.conditions(),
          policy,
          Boolean.TRUE.equals(call.input().bypassPolicyLockoutSafetyCheck()));
    }
  }

  private static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().tagKey(tag.getKey()).tagValue(tag.getValue()).build())
        .toList();
  }

  Guarded<UpdatePrimaryRegionResponse> promote(Call<UpdatePrimaryRegionRequest> call) {
    String action = "kms:UpdatePrimaryRegion";
    UpdatePrimaryRegionRequest input = call.input();
    Key primary = keys.manage(call, input.keyId(), action);
    Map<String, List<String>> conditions =
        Map.of("kms:PrimaryRegion", List.of(input.primaryRegion()));
    return Guarded.by(
        access.of(call, action, new KeyUse(primary, null), conditions),
        _ ->
            keys.change(
                call,
                primary.name(),
                (transaction, found) -> {
                  requirePrimary(found);
                  KeyName promoted =
                      new KeyName(found.name().account(), input.primaryRegion(), found.name().id());
                  if (!found.replicaRegions().contains(input.primaryRegion())) {
                    throw KmsErrors.keyNotFound(promoted);
                  }
                  keys.require(transaction, promoted, call.context().time()).requireUsable();
                  store.setPrimaryRegion(transaction, found.name(), input.primaryRegion());
                  return UpdatePrimaryRegionResponse.builder().build();
                }));
  }

  /** Only a primary key that can be used makes replicas and hands its place on. */
  private static void requirePrimary(Key key) {
    key.requireUsableOrImportable();
    key.requireLeading();
    if (!key.isMultiRegion()) {
      throw KmsErrors.unsupported(key.name().arn() + " is not a multi-region primary key.");
    }
  }
}
