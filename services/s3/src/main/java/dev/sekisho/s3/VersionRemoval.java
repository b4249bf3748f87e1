package dev.sekisho.s3;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The one way by which versions go, with all that belongs to them. */
final class VersionRemoval {

  private static final int BATCH = 1_000;

  private final ObjectFiles files;
  private final VersionStore versions;
  private final UploadStore uploads;
  private final ContentKeys keys;

  VersionRemoval(ObjectFiles files, VersionStore versions, UploadStore uploads, ContentKeys keys) {
    this.files = files;
    this.versions = versions;
    this.uploads = uploads;
    this.keys = keys;
  }

  /**
   * Removes a version that was read in this transaction.
   *
   * @param bypass whether the caller asked to bypass governance, and may
   * @throws dev.sekisho.core.ServiceException AccessDenied when Object Lock protects it
   */
  void remove(Transaction transaction, ObjectVersion version, Instant now, boolean bypass) {
    version.retention().requireRemovable(now, bypass);
    versions.delete(transaction, version);
    if (!version.deleteMarker()) {
      removeContent(transaction, version.contentName(), version.parts() == 0);
    }
  }

  /** Removes an upload that becomes no object. */
  void remove(Transaction transaction, Upload upload) {
    uploads.delete(transaction, upload.id());
    removeContent(transaction, upload.id(), false);
  }

  private void removeContent(Transaction transaction, String content, boolean single) {
    keys.delete(transaction, content);
    List<String> names = single ? List.of(content) : files(transaction, content);
    if (!single) {
      uploads.deleteParts(transaction, content);
    }
    StoreTransaction.afterCommit(transaction, () -> files.delete(names));
  }

  private List<String> files(Transaction transaction, String content) {
    Handle handle = StoreTransaction.handle(transaction);
    List<String> names = new ArrayList<>();
    int after = 0;
    List<Upload.Part> batch;
    do {
      batch = uploads.parts(handle, content, after, BATCH);
      batch.forEach(part -> names.add(part.file()));
      after = batch.isEmpty() ? after : batch.getLast().number();
    } while (batch.size() == BATCH);
    return names;
  }
}
