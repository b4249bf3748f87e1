package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Member.Location;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.probe.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Shapes and values of them as chance has it, within what one protocol can carry. */
final class RandomShapes {

  /**
   * What a protocol can carry.
   *
   * @param anyCharacter whether text may hold control characters
   * @param flattening whether lists and maps may be flattened; then they are never empty
   * @param attributes whether members may be XML attributes
   * @param headers whether members may be headers
   */
  record Limits(boolean anyCharacter, boolean flattening, boolean attributes, boolean headers) {}

  private static final int DEEPEST = 4;

  private final Random random;
  private final Limits limits;
  private int names;

  RandomShapes(Random random, Limits limits) {
    this.random = random;
    this.limits = limits;
  }

  StructureShape<Values> structure() {
    return structure(0);
  }

  private StructureShape<Values> structure(int depth) {
    List<Member> members = new ArrayList<>();
    for (int i = random.nextInt(depth == 0 ? 1 : 0, 7); i > 0; i--) {
      members.add(member(depth));
    }
    return Values.shape(name(), members.toArray(Member[]::new));
  }

  private Member member(int depth) {
    String name = name();
    boolean attribute = limits.attributes() && random.nextInt(8) == 0;
    boolean header = !attribute && limits.headers() && depth == 0 && random.nextInt(4) == 0;
    Shape shape = attribute || header ? scalar() : shape(depth + 1);
    Member.Builder member = Member.of(name, () -> shape);
    if (attribute) {
      return member.xmlAttribute().build();
    }
    if (header) {
      return member.in(Location.HEADER).wireName("x-" + name).build();
    }
    if (random.nextInt(3) == 0) {
      member.wireName(name() + "Wire");
    }
    if (shape instanceof Shape.TimestampShape && random.nextBoolean()) {
      member.timestampFormat(format());
    }
    if (limits.flattening() && random.nextInt(4) == 0 && isCollection(shape)) {
      member.flattened();
    }
    return member.build();
  }

  private static boolean isCollection(Shape shape) {
    return shape instanceof Shape.ListShape || shape instanceof Shape.MapShape;
  }

  private Shape shape(int depth) {
    int kind = depth >= DEEPEST ? 9 : random.nextInt(14);
    return switch (kind) {
      case 10 -> structure(depth);
      case 11, 12 -> {
        Shape element = shape(depth + 1);
        yield Wire.list(element, random.nextBoolean() ? "member" : name(), flattened());
      }
      case 13 -> {
        Shape value = shape(depth + 1);
        boolean renamed = random.nextBoolean();
        yield Wire.map(value, renamed ? name() : "key", renamed ? name() : "value", flattened());
      }
      default -> scalar();
    };
  }

  private boolean flattened() {
    return limits.flattening() && random.nextInt(4) == 0;
  }

  private Shape scalar() {
    return switch (random.nextInt(9)) {
      case 0, 1 -> Wire.STRING;
      case 2 -> Wire.INTEGER;
      case 3 -> Wire.LONG;
      case 4 -> Wire.FLOAT;
      case 5 -> Wire.DOUBLE;
      case 6 -> Wire.BOOLEAN;
      case 7 -> Wire.BLOB;
      default -> Wire.timestamp(random.nextBoolean() ? null : format());
    };
  }

  private TimestampFormat format() {
    return TimestampFormat.values()[random.nextInt(3)];
  }

  private String name() {
    return "N" + (names++);
  }

  Values value(StructureShape<?> shape) {
    Object[] values = new Object[shape.members().size()];
    for (int i = 0; i < values.length; i++) {
      if (random.nextInt(4) != 0) {
        Member member = shape.members().get(i);
        boolean filled = Flattening.of(member);
        values[i] = value(member.shape(), filled, member.location() == Location.HEADER);
      }
    }
    return (Values) shape.make(values);
  }

  private Object value(Shape shape, boolean filled, boolean header) {
    return switch (shape) {
      case Shape.StringShape _ -> header ? token() : text();
      case Shape.IntegerShape _ -> random.nextInt();
      case Shape.LongShape _ -> random.nextLong();
      case Shape.FloatShape _ -> Float.intBitsToFloat(random.nextInt() & 0xbfffffff);
      case Shape.DoubleShape _ ->
          random.nextBoolean() ? random.nextInt(1_000) : random.nextGaussian() * 1e9;
      case Shape.BooleanShape _ -> random.nextBoolean();
      case Shape.BlobShape _ -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield Blob.of(bytes);
      }
      // Whole seconds: one of the formats has no fraction.
      case Shape.TimestampShape _ -> Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
      case Shape.ListShape list -> {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(filled ? 1 : 0, 4); i > 0; i--) {
          elements.add(value(list.element().get(), false, false));
        }
        yield elements;
      }
      case Shape.MapShape map -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(filled ? 1 : 0, 4); i > 0; i--) {
          entries.put(text(), value(map.value().get(), false, false));
        }
        yield entries;
      }
      case StructureShape<?> structure -> (Structure) value(structure);
    };
  }

  private String token() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      text.append((char) random.nextInt(0x21, 0x7f));
    }
    return text.toString();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(character());
    }
    return text.toString();
  }

  private int character() {
    return switch (random.nextInt(6)) {
      case 0 -> "<>&\"'%=+.;\\/{}[] \t\n\r".codePointAt(random.nextInt(20));
      case 1 -> random.nextInt(0xa0, 0xd800);
      case 2 -> random.nextInt(0x10000, 0x110000);
      case 3 -> limits.anyCharacter() ? random.nextInt(0x20) : 'x';
      default -> random.nextInt(0x20, 0x7f);
    };
  }
}
