package dev.sekisho.contract;

import org.jspecify.annotations.Nullable;

/** A value of a structure shape: a generated record whose components stand in the shape's order. */
public interface Structure {

  /** The shape this is a value of. */
  StructureShape<?> shape();

  /**
   * The value of the member at the index in {@link StructureShape#members}, or null when absent.
   */
  @Nullable Object get(int index);
}
