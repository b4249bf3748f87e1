package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.ListKeyRotationsRequest;
import dev.sekisho.contract.kms.ListKeyRotationsResponse;
import dev.sekisho.contract.kms.RotationsListEntry;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.ImportedMaterial.Entry;
import dev.sekisho.kms.Markers.Page;
import dev.sekisho.store.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Lists the material a key has had. */
final class RotationHistory {

  private static final int USUAL_LIMIT = 100;
  private static final String ALL = "ALL_KEY_MATERIAL";

  private final Database database;
  private final Keys keys;
  private final KeyAccess access;
  private final MaterialStore materials;
  private final RegionalMaterial regional;
  private final Markers markers;

  RotationHistory(
      Database database,
      Keys keys,
      KeyAccess access,
      MaterialStore materials,
      RegionalMaterial regional,
      Markers markers) {
    this.database = database;
    this.keys = keys;
    this.access = access;
    this.materials = materials;
    this.regional = regional;
    this.markers = markers;
  }

  Guarded<ListKeyRotationsResponse> list(Call<ListKeyRotationsRequest> call) {
    String action = "kms:ListKeyRotations";
    ListKeyRotationsRequest input = call.input();
    Key key = keys.manage(call, input.keyId(), action);
    boolean all = ALL.equals(input.includeKeyMaterial());
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          if (!key.spec().isSymmetricEncryption()) {
            throw KmsErrors.unsupported("");
          }
          Page<Entry> page =
              markers.page(
                  call,
                  key.name().id() + all,
                  input.marker(),
                  requireNonNullElse(input.limit(), USUAL_LIMIT),
                  (after, limit) -> page(key, all, after, limit),
                  RotationHistory::sortKey);
          return Outcome.answer(
              ListKeyRotationsResponse.builder()
                  .rotations(page.items().stream().map(each -> entry(key, each)).toList())
                  .truncated(page.truncated())
                  .nextMarker(page.next())
                  .build());
        });
  }

  private List<Entry> page(Key key, boolean all, String after, int limit) {
    return database.read(handle -> materials.entries(handle, key.name())).stream()
        .filter(each -> all || each.rotatedAt() != null)
        .filter(each -> sortKey(each).compareTo(after) > 0)
        .sorted(Comparator.comparing(RotationHistory::sortKey))
        .limit(limit)
        .toList();
  }

  private static String sortKey(Entry material) {
    Instant since = requireNonNullElse(material.rotatedAt(), Instant.EPOCH);
    return (material.state() == MaterialState.PENDING_ROTATION ? "1" : "0")
        + String.format("%020d", since.toEpochMilli())
        + material.id();
  }

  private RotationsListEntry entry(Key key, Entry material) {
    RotationType type = material.rotationType();
    RotationsListEntry.Builder entry =
        RotationsListEntry.builder()
            .keyId(key.name().id())
            .keyMaterialId(material.id())
            .keyMaterialState(state(key, material))
            .rotationDate(material.rotatedAt())
            .rotationType(type == null ? null : type.name());
    if (key.imported() != null) {
      entry
          .keyMaterialDescription(material.description())
          .importState(material.present() ? "IMPORTED" : "PENDING_IMPORT")
          .validTo(material.validTo());
      if (material.present()) {
        entry.expirationModel(
            material.validTo() == null ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : ImportRules.EXPIRES);
      }
    }
    return entry.build();
  }

  private String state(Key key, Entry material) {
    boolean waitsForOthers =
        material.state() == MaterialState.PENDING_ROTATION
            && !database.read(handle -> regional.isEverywhere(handle, key, material.id()));
    return waitsForOthers ? "PENDING_MULTI_REGION_IMPORT_AND_ROTATION" : material.state().name();
  }
}
