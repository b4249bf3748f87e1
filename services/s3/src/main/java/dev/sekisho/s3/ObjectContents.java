package dev.sekisho.s3;

import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.store.Database;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the bytes of versions, as long as these are there. */
final class ObjectContents {

  private static final int BATCH = 1_000;

  private final Database database;
  private final ObjectFiles files;
  private final ObjectKeys keys;
  private final VersionStore versions;
  private final UploadStore uploads;

  ObjectContents(
      Database database,
      ObjectFiles files,
      ObjectKeys keys,
      VersionStore versions,
      UploadStore uploads) {
    this.database = database;
    this.files = files;
    this.keys = keys;
    this.versions = versions;
    this.uploads = uploads;
  }

  /**
   * Opens a range.
   *
   * @return nothing when the version was removed meanwhile
   */
  Optional<InputStream> open(
      RequestContext context, ObjectVersion version, long from, long length) {
    if (length == 0) {
      return Optional.of(InputStream.nullInputStream());
    }
    Secret key = keys.open(context, version.contentName(), version.sealedBy());
    List<Piece> pieces = pieces(version);
    List<String> names = pieces.stream().map(Piece::file).toList();
    // INVARIANT: held first and looked up then, so that whoever removes the version after that look
    // finds its files held.
    files.hold(names);
    boolean there =
        database.read(handle ->
            versions
                .find(handle, version.bucket(), version.key(), version.versionId())
                .filter(found -> version.contentName().equals(found.content()))
                .isPresent());
    if (!there) {
      files.release(names);
      return Optional.empty();
    }
    return Optional.of(new SealedFileReader(files, key, pieces, from, length));
  }

  private List<Piece> pieces(ObjectVersion version) {
    if (version.parts() == 0) {
      return List.of(new Piece(version.contentName(), version.size()));
    }
    List<Piece> pieces = new ArrayList<>(version.parts());
    for (Upload.Part part : parts(version)) {
      pieces.add(part.piece());
    }
    return pieces;
  }

  /** The parts of a version that was uploaded in parts, in order. */
  List<Upload.Part> parts(ObjectVersion version) {
    return database.read(handle -> {
      List<Upload.Part> parts = new ArrayList<>(version.parts());
      int after = 0;
      List<Upload.Part> batch;
      do {
        batch = uploads.parts(handle, version.contentName(), after, BATCH);
        parts.addAll(batch);
        after = batch.isEmpty() ? after : batch.getLast().number();
      } while (batch.size() == BATCH);
      return parts;
    });
  }
}
