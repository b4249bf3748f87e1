package dev.sekisho.cloudtrail;

import dev.sekisho.core.Blob;
import dev.sekisho.crypto.Digests;
import dev.sekisho.events.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of a file as they are put.
 *
 * @param gzipped one member of gzip
 * @param sha256 of what was compressed, in hexadecimal
 */
record RecordsFile(Blob gzipped, String sha256) {

  /** A log file of the events, in their order. */
  static RecordsFile of(List<Event> events) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(64 + 1_200 * events.size());
    json.writeBytes("{\"Records\":[".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        json.write(',');
      }
      json.writeBytes(events.get(i).record().bytes());
    }
    json.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return compressed(json.toByteArray());
  }

  static RecordsFile compressed(byte[] content) {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream(content.length / 4 + 64);
    try (OutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return new RecordsFile(
        Blob.of(gzipped.toByteArray()), HexFormat.of().formatHex(Digests.sha256(content)));
  }
}
