package dev.sekisho.policy.check;

/**
 * A part of a document.
 *
 * @param end behind its last character
 */
public record Span(Position start, Position end) {}
