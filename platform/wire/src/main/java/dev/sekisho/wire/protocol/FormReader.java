package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads form parameters into records, in the naming of the query or of the EC2 protocol. */
enum FormReader {
  /** Lists under {@code .member.N} (or the model's element name) unless flattened. */
  QUERY {
    @Override
    String nameOf(Member member) {
      return Flattening.wireName(member);
    }

    @Override
    boolean isFlattened(Member member) {
      return Flattening.of(member);
    }
  },
  /** Every list flattened; names begin with a capital. */
  EC2 {
    @Override
    String nameOf(Member member) {
      if (member.queryName() != null) {
        return member.queryName();
      }
      String name = member.wireName();
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    boolean isFlattened(Member member) {
      return true;
    }
  };

  abstract String nameOf(Member member);

  abstract boolean isFlattened(Member member);

  /**
   * Reads a structure.
   *
   * @throws MalformedRequest when a value is not of its shape
   */
  <T extends Structure> T read(FormTree tree, StructureShape<T> shape) {
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    for (int i = 0; i < values.length; i++) {
      Member member = shape.members().get(i);
      FormTree child = tree.child(nameOf(member));
      if (child == null && this == QUERY) {
        // Where the model names both a flattened list and its elements, clients differ.
        child = tree.child(Flattening.elementName(member));
      }
      if (child != null) {
        values[i] = member(child, member);
      }
    }
    return shape.make(values);
  }

  private Object member(FormTree tree, Member member) {
    return switch (member.shape()) {
      case Shape.ListShape list -> list(tree, list, isFlattened(member));
      case Shape.MapShape map -> map(tree, map, isFlattened(member));
      case Shape shape -> value(tree, shape);
    };
  }

  private Object value(FormTree tree, Shape shape) {
    return switch (shape) {
      case StructureShape<?> structure -> read(tree, structure);
      case Shape.ListShape list -> list(tree, list, this == EC2);
      case Shape.MapShape map -> map(tree, map, this == EC2);
      case Shape.StringShape _,
          Shape.IntegerShape _,
          Shape.LongShape _,
          Shape.FloatShape _,
          Shape.DoubleShape _,
          Shape.BooleanShape _,
          Shape.TimestampShape _,
          Shape.BlobShape _ -> {
        String text = tree.value();
        if (text == null || !tree.isEmpty()) {
          throw new MalformedRequest("Start of structure or list found where not expected");
        }
        yield Scalars.read(shape, text);
      }
    };
  }

  private List<Object> list(FormTree tree, Shape.ListShape shape, boolean flattened) {
    requireNoText(tree);
    FormTree elements = tree;
    if (!flattened) {
      FormTree wrapped = tree.child(shape.elementName());
      if (wrapped == null && !tree.isEmpty()) {
        throw new MalformedRequest("A list is not written as " + shape.elementName() + ".N");
      }
      elements = wrapped == null ? tree : wrapped;
    }
    Shape element = shape.element().get();
    List<Object> values = new ArrayList<>();
    for (FormTree each : elements.numbered()) {
      values.add(value(each, element));
    }
    return values;
  }

  private Map<String, Object> map(FormTree tree, Shape.MapShape shape, boolean flattened) {
    requireNoText(tree);
    FormTree entries = tree;
    if (!flattened) {
      FormTree wrapped = tree.child("entry");
      if (wrapped == null && !tree.isEmpty()) {
        throw new MalformedRequest("A map is not written as entry.N");
      }
      entries = wrapped == null ? tree : wrapped;
    }
    Shape element = shape.value().get();
    Map<String, Object> values = new LinkedHashMap<>();
    for (FormTree entry : entries.numbered()) {
      FormTree key = entry.child(shape.keyName());
      FormTree each = entry.child(shape.valueName());
      if (key == null || key.value() == null || each == null) {
        throw new MalformedRequest("An entry of a map lacks its key or its value");
      }
      if (values.put(key.value(), value(each, element)) != null) {
        throw new MalformedRequest("A key of a map is given twice");
      }
    }
    return values;
  }

  /** An empty list or map is written as its name with nothing after it, and as nothing else. */
  private static void requireNoText(FormTree tree) {
    if (tree.value() != null && !tree.value().isEmpty()) {
      throw new MalformedRequest("A value was found where a list or map is expected");
    }
  }
}
