package dev.sekisho.server.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.events.EventFollower;
import dev.sekisho.events.PositionedEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Shows the events that a filter takes. */
final class Tail {

  private static final int BATCH = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventFollower events;
  private final TailOptions options;
  private final EventLine line;
  private final PrintStream out;

  Tail(EventFollower events, TailOptions options, boolean coloured, PrintStream out) {
    this.events = events;
    this.options = options;
    this.line = new EventLine(coloured);
    this.out = out;
  }

  /**
   * Shows all events that have come since the last time.
   *
   * @return whether somebody still reads what is shown
   */
  boolean show() {
    List<PositionedEvent> batch = events.next(BATCH);
    while (!batch.isEmpty()) {
      for (PositionedEvent each : batch) {
        show(each);
      }
      batch = events.next(BATCH);
    }
    return !out.checkError();
  }

  private void show(PositionedEvent event) {
    try {
      JsonNode record = JSON.readTree(event.event().record().bytes());
      if (options.filter().takes(record)) {
        out.println(options.json() ? JSON.writeValueAsString(record) : line.of(record));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an event of ours is not JSON", impossible);
    }
  }
}
