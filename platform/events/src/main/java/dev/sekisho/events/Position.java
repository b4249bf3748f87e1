package dev.sekisho.events;

/**
 * Where an event stands: events of one node are in the order of their commits, without gaps that
 * could be filled later.
 *
 * @param node the writing process
 * @param sequence from 1
 */
public record Position(int node, long sequence) {

  /** Before the first event of the node. */
  public static Position start(int node) {
    return new Position(node, 0);
  }
}
