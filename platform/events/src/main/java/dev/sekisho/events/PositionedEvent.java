package dev.sekisho.events;

/** An event and where it stands in the log. */
public record PositionedEvent(Position position, Event event) {}
