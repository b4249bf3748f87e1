package dev.sekisho.policy.check;

import java.util.List;

/** A part of a document, by the way to it and by where it stands in the text. */
public record Location(List<PathElement> path, Span span) {

  public Location {
    path = List.copyOf(path);
  }
}
