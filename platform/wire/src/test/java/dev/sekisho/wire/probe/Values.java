package dev.sekisho.wire.probe;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import java.util.Arrays;
import java.util.List;

/** A value of a shape made by hand, in place of a generated record. */
public final class Values implements Structure {

  private final StructureShape<Values> shape;
  private final Object[] values;

  private Values(StructureShape<Values> shape, Object[] values) {
    this.shape = shape;
    this.values = values;
  }

  public static StructureShape<Values> shape(String name, Member... members) {
    return shape(name, null, null, members);
  }

  public static StructureShape<Values> shape(
      String name, String xmlName, String xmlNamespace, Member... members) {
    Holder holder = new Holder();
    holder.shape =
        new StructureShape<>(
            name,
            List.of(members),
            xmlName,
            xmlNamespace,
            values -> new Values(holder.shape, values.clone()));
    return holder.shape;
  }

  private static final class Holder {
    private StructureShape<Values> shape;
  }

  /** A value with these members, given as name, value, name, value. */
  public static Values of(StructureShape<Values> shape, Object... pairs) {
    Object[] values = new Object[shape.members().size()];
    for (int i = 0; i < pairs.length; i += 2) {
      values[index(shape, (String) pairs[i])] = pairs[i + 1];
    }
    return shape.make(values);
  }

  /** The member's value, or null. */
  public Object get(String name) {
    return values[index(shape, name)];
  }

  private static int index(StructureShape<Values> shape, String name) {
    for (int i = 0; i < shape.members().size(); i++) {
      if (shape.members().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(shape.name() + " has no member " + name);
  }

  @Override
  public StructureShape<?> shape() {
    return shape;
  }

  @Override
  public Object get(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values that
        && shape == that.shape
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(shape.name()).append('[');
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        text.append(shape.members().get(i).name()).append('=').append(values[i]).append(' ');
      }
    }
    return text.append(']').toString();
  }
}
