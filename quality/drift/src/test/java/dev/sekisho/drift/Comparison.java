package dev.sekisho.drift;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.contract.gen.SdkOperation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Finds what a client's structures have and ours lack, all the way down. */
final class Comparison {

  private final Set<String> missing = new TreeSet<>();
  private final Set<Class<?>> compared = new HashSet<>();
  private final String service;

  Comparison(String service) {
    this.service = service;
  }

  /** One line for each thing that is missing or different. */
  Set<String> missing() {
    return missing;
  }

  void compare(Class<?> theirs, StructureShape<?> ours) throws ReflectiveOperationException {
    if (!compared.add(theirs)) {
      return;
    }
    for (SdkField<?> field : SdkOperation.fields(theirs)) {
      String where = service + ' ' + ours.name() + '.' + field.memberName();
      Member member = member(ours, field.memberName());
      if (member == null) {
        missing.add(where + ": unknown, " + field.marshallingType());
        continue;
      }
      String wire = Objects.requireNonNullElse(member.queryName(), member.wireName());
      if (!field.locationName().equals(wire)
          && !field.unmarshallLocationName().equals(member.wireName())) {
        missing.add(where + ": called " + field.locationName() + ", not " + wire);
      }
      if (!location(field.location()).equals(member.location())) {
        missing.add(where + ": in " + field.location() + ", not " + member.location());
      }
      compare(where, field, member.shape(), getterType(theirs, field.memberName()));
    }
  }

  private void compare(String where, SdkField<?> field, Shape ours, Type type)
      throws ReflectiveOperationException {
    switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "List" -> {
        if (ours instanceof Shape.ListShape list) {
          SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
          compare(where, element, list.element().get(), argument(type, 0));
          return;
        }
      }
      case "Map" -> {
        if (ours instanceof Shape.MapShape map) {
          SdkField<?> value = field.getTrait(MapTrait.class).valueFieldInfo();
          enumeration(where + " (key)", map.key().get(), argument(type, 0));
          compare(where, value, map.value().get(), argument(type, 1));
          return;
        }
      }
      case "SdkPojo" -> {
        if (ours instanceof StructureShape<?> structure) {
          compare(field.constructor().get().getClass().getEnclosingClass(), structure);
          return;
        }
      }
      default -> {
        enumeration(where, ours, type);
        return;
      }
    }
    missing.add(where + ": of another kind, " + field.marshallingType());
  }

  private void enumeration(String where, Shape ours, Type type) {
    if (!(type instanceof Class<?> theirs) || !theirs.isEnum()) {
      return;
    }
    List<String> known = ours instanceof Shape.StringShape text ? text.values() : List.of();
    for (Object value : theirs.getEnumConstants()) {
      boolean real = !((Enum<?>) value).name().equals("UNKNOWN_TO_SDK_VERSION");
      // A shape without values takes them all.
      if (real && !known.isEmpty() && !known.contains(value.toString())) {
        missing.add(where + ": value " + value + " of " + ours.name());
      }
    }
  }

  /** What the getter gives: an enumeration where the wire has text. */
  private static Type getterType(Class<?> structure, String member) {
    for (Method method : structure.getDeclaredMethods()) {
      boolean getter = method.getParameterCount() == 0 && !method.isSynthetic();
      if (getter && method.getName().equalsIgnoreCase(member)) {
        return method.getGenericReturnType();
      }
    }
    // Lists of an enumeration keep their text under a name with this ending.
    return String.class;
  }

  private static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[index]
        : String.class;
  }

  private static Member member(StructureShape<?> shape, String name) {
    return shape.members().stream()
        .filter(
            member -> member.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  private static Member.Location location(MarshallLocation location) {
    return switch (location) {
      case PAYLOAD -> Member.Location.BODY;
      case QUERY_PARAM -> Member.Location.QUERY_STRING;
      case HEADER -> Member.Location.HEADER;
      case PATH, GREEDY_PATH -> Member.Location.URI;
      case STATUS_CODE -> Member.Location.STATUS_CODE;
      default -> throw new IllegalArgumentException("unknown place " + location);
    };
  }
}
