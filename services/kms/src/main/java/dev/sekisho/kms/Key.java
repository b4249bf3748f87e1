package dev.sekisho.kms;

import dev.sekisho.core.ServiceException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store has it, without its material.
 *
 * @param origin {@code AWS_KMS} or {@code EXTERNAL}
 * @param deletionAt when it will be gone, if its deletion is scheduled
 * @param pendingWindow how many days a primary key will wait once its last replica is gone
 * @param materialId the material that encrypts from now on; none while there is none
 * @param primaryRegion where the primary of a multi-Region key is; none for other keys
 * @param replicaRegions the other Regions of a multi-Region key than its primary's
 * @param tags in the order of their keys
 * @param aliases their names, in order
 * @param imported what is known of imported material; none for other keys
 * @param rotation when it gets new material, if it does so of itself
 * @param conditions the condition keys that every check on this key carries
 */
record Key(
    KeyName name,
    String description,
    KeySpec spec,
    KeyUsage usage,
    String origin,
    KeyState state,
    Instant createdAt,
    @Nullable Instant deletionAt,
    @Nullable Integer pendingWindow,
    @Nullable String materialId,
    String policy,
    @Nullable String primaryRegion,
    List<String> replicaRegions,
    Map<String, String> tags,
    List<String> aliases,
    @Nullable ImportedMaterial imported,
    @Nullable RotationSchedule rotation,
    Map<String, List<String>> conditions) {

  static final String AWS_KMS = "AWS_KMS";

  /** The origin of keys whose material is imported. */
  static final String EXTERNAL = "EXTERNAL";

  /** A key with the condition keys that follow from its parts. */
  static Key of(
      KeyName name,
      String description,
      KeySpec spec,
      KeyUsage usage,
      String origin,
      KeyState state,
      Instant createdAt,
      @Nullable Instant deletionAt,
      @Nullable Integer pendingWindow,
      @Nullable String materialId,
      String policy,
      @Nullable String primaryRegion,
      List<String> replicaRegions,
      Map<String, String> tags,
      List<String> aliases,
      @Nullable ImportedMaterial imported,
      @Nullable RotationSchedule rotation) {
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put("kms:KeySpec", List.of(spec.name()));
    conditions.put("kms:KeyUsage", List.of(usage.name()));
    conditions.put("kms:KeyOrigin", List.of(origin));
    conditions.put("kms:MultiRegion", List.of(String.valueOf(primaryRegion != null)));
    if (primaryRegion != null) {
      conditions.put(
          "kms:MultiRegionKeyType",
          List.of(primaryRegion.equals(name.region()) ? "PRIMARY" : "REPLICA"));
    }
    if (!aliases.isEmpty()) {
      conditions.put("kms:ResourceAliases", List.copyOf(aliases));
    }
    tags.forEach((tag, value) -> conditions.put("aws:ResourceTag/" + tag, List.of(value)));
    return new Key(
        name,
        description,
        spec,
        usage,
        origin,
        state,
        createdAt,
        deletionAt,
        pendingWindow,
        materialId,
        policy,
        primaryRegion,
        List.copyOf(replicaRegions),
        tags,
        List.copyOf(aliases),
        imported,
        rotation,
        Map.copyOf(conditions));
  }

  /** The material that encrypts from now on; none when callers are not told, as of key pairs. */
  @Nullable String symmetricMaterialId() {
    return spec.isSymmetricEncryption() ? materialId : null;
  }

  /** Whether AWS made the key for one of its services, and looks after it. */
  boolean isAwsManaged() {
    return aliases.stream().anyMatch(alias -> alias.startsWith(AliasName.AWS_PREFIX));
  }

  boolean isMultiRegion() {
    return primaryRegion != null;
  }

  boolean isPrimary() {
    return name.region().equals(primaryRegion);
  }

  /** Whether what is shared with other Regions is decided here. */
  boolean isLeading() {
    return !isMultiRegion() || isPrimary();
  }

  /**
   * Returns when what is shared with other Regions is decided here.
   *
   * @throws ServiceException UnsupportedOperationException otherwise
   */
  void requireLeading() {
    if (!isLeading()) {
      throw KmsErrors.unsupported(name.arn() + " is not a multi-region primary key.");
    }
  }

  /**
   * Returns when the key may be used, or could but for the material that is still to come.
   *
   * @throws ServiceException DisabledException or KMSInvalidStateException otherwise
   */
  void requireUsableOrImportable() {
    if (state != KeyState.PENDING_IMPORT) {
      requireUsable();
    }
  }

  /** Whether the waiting period is over, so that the key is no more, whatever the store has. */
  boolean isGone(Instant now) {
    return deletionAt != null && !deletionAt.isAfter(now);
  }

  /** Whether the key must get new material before it is used again. */
  boolean isDueForRotation(Instant now) {
    return rotation != null && state == KeyState.ENABLED && isLeading() && rotation.isDue(now);
  }

  /** Whether imported material is over that is still there. */
  boolean hasExpiredMaterial(Instant now) {
    Instant end = imported == null ? null : imported.expiresAt();
    return end != null && !end.isAfter(now);
  }

  /** The state that follows from the material that is there. */
  KeyState stateByMaterial() {
    boolean missing = imported != null && !imported.complete();
    return switch (state) {
      case ENABLED, DISABLED -> missing ? KeyState.PENDING_IMPORT : state;
      case PENDING_IMPORT -> missing ? state : KeyState.ENABLED;
      case CREATING, PENDING_DELETION, PENDING_REPLICA_DELETION, UNAVAILABLE, UPDATING -> state;
    };
  }

  /**
   * Returns when the key may be used.
   *
   * @throws ServiceException DisabledException or KMSInvalidStateException otherwise
   */
  void requireUsable() {
    ServiceException refusal = state.unusable(name);
    if (refusal != null) {
      throw refusal;
    }
  }

  /**
   * Returns when nobody asked for the key's deletion.
   *
   * @throws ServiceException KMSInvalidStateException otherwise
   */
  void requireNotPendingDeletion() {
    ServiceException refusal = state.unusable(name);
    if (state.isPendingDeletion() && refusal != null) {
      throw refusal;
    }
  }

  /**
   * Returns when the operation is one of those the key was made for.
   *
   * @throws ServiceException InvalidKeyUsageException otherwise
   */
  void requireUsage(KeyUsage wanted, String operation) {
    if (usage != wanted) {
      throw KmsErrors.invalidKeyUsage(
          name.arn() + " key usage is " + usage + " which is not valid for " + operation + ".");
    }
  }

  /**
   * Returns when the key can seal what it makes for others.
   *
   * @throws ServiceException what its state is answered with, or InvalidKeyUsageException
   */
  void requireCapableOfDataKeys(String operation) {
    requireUsable();
    requireUsage(KeyUsage.ENCRYPT_DECRYPT, operation);
    if (!spec.isSymmetricEncryption()) {
      throw KmsErrors.invalidKeyUsage(
          name.arn() + " key spec is " + spec + " which is not valid for " + operation + ".");
    }
  }

  /**
   * Returns the algorithm when the key has it.
   *
   * @throws ServiceException InvalidKeyUsageException otherwise
   */
  String requireAlgorithm(String algorithm) {
    if (!spec.algorithms(usage).contains(algorithm)) {
      throw KmsErrors.invalidKeyUsage(
          "Algorithm " + algorithm + " is incompatible with key spec " + spec + ".");
    }
    return algorithm;
  }
}
