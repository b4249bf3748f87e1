package dev.sekisho.policy.check;

/**
 * A place between two characters of a document.
 *
 * @param line from 1
 * @param column characters since the line began, from 0
 * @param offset characters since the document began, from 0
 */
public record Position(int line, int column, int offset) {}
