package dev.sekisho.events;

import dev.sekisho.core.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a segment: a format byte, then one stream of zlib with each event's columns, the
 * record last. What the segment's row says of all events is not repeated.
 */
final class SegmentContent {

  private static final int FORMAT = 1;
  private static final int ABSENT = -1;

  /** Half the time of the usual level for events, and a few hundredths more space. */
  private static final int LEVEL = 3;

  private SegmentContent() {}

  static byte[] write(List<PositionedEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * events.size());
    bytes.write(FORMAT);
    Deflater deflater = new Deflater(LEVEL);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 8_192))) {
      for (PositionedEvent each : events) {
        Event event = each.event();
        out.writeLong(each.position().sequence());
        out.writeLong(micros(event.time()));
        text(out, event.eventId());
        text(out, event.eventSource());
        text(out, event.eventName());
        out.writeBoolean(event.readOnly());
        text(out, event.username());
        text(out, event.accessKeyId());
        text(out, ResourceColumn.write(event.resources()));
        out.writeInt(event.record().length());
        out.write(event.record().bytes());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(ABSENT);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static List<PositionedEvent> read(Segment segment) {
    byte[] content = segment.content();
    if (content[0] != FORMAT) {
      throw new IllegalStateException("a segment of events has the unknown format " + content[0]);
    }
    List<PositionedEvent> events = new ArrayList<>(segment.count());
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(content, 1, content.length - 1)))) {
      for (int i = 0; i < segment.count(); i++) {
        events.add(event(segment, in));
      }
    } catch (IOException damaged) {
      throw new UncheckedIOException("a segment of events is damaged", damaged);
    }
    return events;
  }

  private static PositionedEvent event(Segment segment, DataInputStream in) throws IOException {
    Position position = new Position(segment.node(), in.readLong());
    Instant time = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
    String eventId = required(in);
    String source = required(in);
    String name = required(in);
    boolean readOnly = in.readBoolean();
    String username = text(in);
    String accessKeyId = text(in);
    String resources = required(in);
    byte[] record = in.readNBytes(in.readInt());
    return new PositionedEvent(
        position,
        new Event(
            eventId,
            time,
            segment.account(),
            segment.region(),
            segment.category(),
            source,
            name,
            readOnly,
            username,
            accessKeyId,
            ResourceColumn.read(resources),
            Blob.of(record)));
  }

  private static String required(DataInputStream in) throws IOException {
    String text = text(in);
    if (text == null) {
      throw new IOException("a column is missing");
    }
    return text;
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == ABSENT ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
