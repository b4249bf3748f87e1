package dev.sekisho.kms;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key of imported material knows of all its materials.
 *
 * @param known whether there ever was any
 * @param complete whether everything is there that the key needs to be used
 * @param present whether the current one is there
 * @param validTo when the current one expires, if it does
 * @param expiresAt when the first one expires, if one does
 */
record ImportedMaterial(
    boolean known,
    boolean complete,
    boolean present,
    @Nullable Instant validTo,
    @Nullable Instant expiresAt) {

  /**
   * One material.
   *
   * @param present false when it was deleted or has expired
   * @param fingerprint sealed; none when it is not imported
   * @param rotatedAt when it became the current one; none for a key's first
   */
  record Entry(
      String id,
      MaterialState state,
      @Nullable String description,
      @Nullable Instant validTo,
      boolean present,
      byte @Nullable [] fingerprint,
      @Nullable Instant rotatedAt,
      @Nullable RotationType rotationType) {}

  static ImportedMaterial of(List<Entry> entries) {
    boolean complete = !entries.isEmpty();
    boolean present = false;
    Instant validTo = null;
    Instant expiresAt = null;
    for (Entry entry : entries) {
      complete &= entry.present() || entry.state() == MaterialState.PENDING_ROTATION;
      if (entry.state() == MaterialState.CURRENT) {
        present = entry.present();
        validTo = entry.present() ? entry.validTo() : null;
      }
      Instant end = entry.validTo();
      if (entry.present() && end != null && (expiresAt == null || end.isBefore(expiresAt))) {
        expiresAt = end;
      }
    }
    return new ImportedMaterial(!entries.isEmpty(), complete, present, validTo, expiresAt);
  }
}
