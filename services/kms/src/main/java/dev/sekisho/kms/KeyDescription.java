package dev.sekisho.kms;

import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.MultiRegionConfiguration;
import dev.sekisho.contract.kms.MultiRegionKey;
import java.util.List;
import java.util.stream.Stream;

/** A key as callers see it. */
final class KeyDescription {

  private KeyDescription() {}

  static KeyMetadata of(Key key) {
    return builder(key).build();
  }

  private static KeyMetadata.Builder builder(Key key) {
    KeyMetadata.Builder metadata =
        KeyMetadata.builder()
            .awsAccountId(key.name().account().value())
            .keyId(key.name().id())
            .arn(key.name().arn())
            .creationDate(key.createdAt())
            .enabled(key.state() == KeyState.ENABLED)
            .description(key.description())
            .keyUsage(key.usage().name())
            .keyState(key.state().awsName())
            .deletionDate(key.deletionAt())
            .origin(key.origin())
            .keyManager(key.isAwsManaged() ? "AWS" : "CUSTOMER")
            .customerMasterKeySpec(key.spec().name())
            .keySpec(key.spec().name())
            .multiRegion(key.isMultiRegion());
    List<String> algorithms = key.spec().algorithms(key.usage());
    switch (key.usage()) {
      case ENCRYPT_DECRYPT -> metadata.encryptionAlgorithms(algorithms);
      case SIGN_VERIFY -> metadata.signingAlgorithms(algorithms);
      case GENERATE_VERIFY_MAC -> metadata.macAlgorithms(algorithms);
      case KEY_AGREEMENT -> metadata.keyAgreementAlgorithms(algorithms);
      case ENCAPSULATE_DECAPSULATE -> metadata.encapsulationAlgorithms(algorithms);
    }
    metadata.currentKeyMaterialId(key.symmetricMaterialId());
    ImportedMaterial imported = key.imported();
    if (imported != null && imported.present()) {
      metadata
          .expirationModel(
              imported.validTo() == null ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : ImportRules.EXPIRES)
          .validTo(imported.validTo());
    }
    metadata.pendingDeletionWindowInDays(key.pendingWindow());
    if (key.primaryRegion() != null) {
      metadata.multiRegionConfiguration(multiRegion(key, key.primaryRegion()));
    }
    return metadata;
  }

  /** A replica as the call that makes it shows it: made, and not there yet. */
  static KeyMetadata ofNewReplica(Key primary, Key replica) {
    List<MultiRegionKey> replicas =
        Stream.concat(primary.replicaRegions().stream(), Stream.of(replica.name().region()))
            .sorted()
            .map(region -> in(replica, region))
            .toList();
    return builder(replica)
        .enabled(false)
        .keyState(KeyState.CREATING.awsName())
        .currentKeyMaterialId(null)
        .multiRegionConfiguration(
            MultiRegionConfiguration.builder()
                .multiRegionKeyType("REPLICA")
                .primaryKey(in(primary, primary.name().region()))
                .replicaKeys(replicas)
                .build())
        .build();
  }

  private static MultiRegionConfiguration multiRegion(Key key, String primaryRegion) {
    return MultiRegionConfiguration.builder()
        .multiRegionKeyType(key.isPrimary() ? "PRIMARY" : "REPLICA")
        .primaryKey(in(key, primaryRegion))
        .replicaKeys(key.replicaRegions().stream().map(region -> in(key, region)).toList())
        .build();
  }

  private static MultiRegionKey in(Key key, String region) {
    return MultiRegionKey.builder().arn(key.name().in(region).arn()).region(region).build();
  }
}
