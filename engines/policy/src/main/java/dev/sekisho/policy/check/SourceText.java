package dev.sekisho.policy.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A document's text, which knows its lines and turns places into locations. */
final class SourceText {

  private final String text;
  private final int[] lineStarts;

  SourceText(String text) {
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        starts = count == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  int length() {
    return text.length();
  }

  int lengthWithoutWhiteSpace() {
    return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lineStarts[line], offset);
  }

  Span span(int start, int end) {
    return new Span(position(start), position(end));
  }

  Location value(Place place) {
    return new Location(place.path(), span(place.value().start(), place.value().end()));
  }

  /** Where the place's name stands. */
  Location key(Place place) {
    Json.Text name = place.name();
    if (name == null) {
      return value(place);
    }
    List<PathElement> path = new ArrayList<>(place.path());
    path.set(path.size() - 1, new PathElement.Key(name.value()));
    return new Location(path, span(name.start(), name.end()));
  }

  /** A part of the place's text. */
  Location part(Place place, int start, int length) {
    List<PathElement> path = new ArrayList<>(place.path());
    path.add(new PathElement.Substring(start, length));
    return new Location(
        path, span(sourceOffset(place, start), sourceOffset(place, start + length)));
  }

  /** Where a character of a text stands; escapes make it stand further on than its index says. */
  private int sourceOffset(Place place, int index) {
    int at = place.value().start() + 1;
    for (int i = 0; i < index; i++) {
      int escape = text.charAt(at) == '\\' ? JsonReader.escapeLength(text, at) : 1;
      at += Math.max(escape, 1);
    }
    return at;
  }
}
