package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;

/** The shapes of a client's classes, written as a model writes them. */
final class SdkShapes {

  private static final String STREAM = "StreamingBlob";

  private final ObjectNode shapes;

  SdkShapes(ObjectNode shapes) {
    this.shapes = shapes;
  }

  ObjectNode named(String name) {
    return (ObjectNode) shapes.get(name);
  }

  /** The shape of a body that is streamed. */
  String stream() {
    if (!shapes.has(STREAM)) {
      shapes.putObject(STREAM).put("type", "blob").put("streaming", true);
    }
    return STREAM;
  }

  /** The shape of a class, with all it holds. */
  String structure(Class<?> type) throws ReflectiveOperationException {
    String name = type.getSimpleName();
    if (shapes.has(name)) {
      return name;
    }
    ObjectNode shape = shapes.putObject(name).put("type", "structure");
    ArrayNode required = shape.putArray("required");
    ObjectNode members = shape.putObject("members");
    for (SdkField<?> field : SdkOperation.fields(type)) {
      ObjectNode member = members.putObject(field.memberName());
      if (field.getTrait(RequiredTrait.class) != null) {
        required.add(field.memberName());
      }
      if (!field.locationName().equals(field.memberName())) {
        member.put("locationName", field.locationName());
      }
      location(member, field);
      if (field.getTrait(XmlAttributeTrait.class) != null) {
        member.put("xmlAttribute", true);
      }
      TimestampFormatTrait format = field.getTrait(TimestampFormatTrait.class);
      if (format != null) {
        member.put("timestampFormat", format(format.format()));
      }
      member.put(
          "shape", shape(field, name + '_' + field.memberName(), type(type, field.memberName())));
    }
    return name;
  }

  private static String format(TimestampFormatTrait.Format format) {
    return switch (format) {
      case ISO_8601 -> "iso8601";
      case RFC_822 -> "rfc822";
      case UNIX_TIMESTAMP, UNIX_TIMESTAMP_MILLIS -> "unixTimestamp";
    };
  }

  private static void location(ObjectNode member, SdkField<?> field) {
    boolean map = field.getTrait(MapTrait.class) != null;
    if (field.location() != MarshallLocation.PAYLOAD) {
      member.put(
          "location",
          switch (field.location()) {
            case QUERY_PARAM -> "querystring";
            case HEADER -> map ? "headers" : "header";
            case PATH, GREEDY_PATH -> "uri";
            case STATUS_CODE -> "statusCode";
            default -> throw new IllegalArgumentException("no place for " + field.memberName());
          });
    }
  }

  /**
   * The shape of a field or an element.
   *
   * @param place a name for it, when it has none of its own
   * @param type what the client gives: an enumeration where the wire has text
   */
  private String shape(SdkField<?> field, String place, Type type)
      throws ReflectiveOperationException {
    ListTrait list = field.getTrait(ListTrait.class);
    MapTrait map = field.getTrait(MapTrait.class);
    if (list != null) {
      String element = shape(list.memberFieldInfo(), place + "_member", argument(type, 0));
      ObjectNode shape = shapes.putObject(place).put("type", "list");
      shape.put("flattened", list.isFlattened());
      ObjectNode member = shape.putObject("member").put("shape", element);
      if (list.memberLocationName() != null) {
        member.put("locationName", list.memberLocationName());
      }
      return place;
    }
    if (map != null) {
      String value = shape(map.valueFieldInfo(), place + "_value", argument(type, 1));
      String key = simple("String");
      ObjectNode shape = shapes.putObject(place).put("type", "map");
      shape.putObject("key").put("shape", key);
      shape.putObject("value").put("shape", value);
      return place;
    }
    return switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "SdkPojo" -> structure(field.constructor().get().getClass().getEnclosingClass());
      case "String" ->
          type instanceof Class<?> known && known.isEnum() ? values(known) : text(field);
      case "Instant" -> simple("Timestamp");
      case "SdkBytes" -> simple("Blob");
      default -> simple(field.marshallingType().getTargetClass().getSimpleName());
    };
  }

  private String simple(String type) {
    if (!shapes.has(type)) {
      shapes.putObject(type).put("type", type.toLowerCase(java.util.Locale.ROOT));
    }
    return type;
  }

  /** Text under its member's name, so that the overlay can say more of it. */
  private String text(SdkField<?> field) {
    String name = field.memberName() == null ? "String" : field.memberName() + "Text";
    if (!shapes.has(name)) {
      shapes.putObject(name).put("type", "string");
    }
    return name;
  }

  private String values(Class<?> enumeration) {
    String name = enumeration.getSimpleName();
    if (!shapes.has(name)) {
      ArrayNode values = shapes.putObject(name).put("type", "string").putArray("enum");
      for (Object value : enumeration.getEnumConstants()) {
        if (!((Enum<?>) value).name().equals("UNKNOWN_TO_SDK_VERSION")) {
          values.add(value.toString());
        }
      }
    }
    return name;
  }

  /** What the getter gives; lists of an enumeration have a getter for their text beside it. */
  private static Type type(Class<?> structure, String member) {
    for (Method method : structure.getDeclaredMethods()) {
      if (method.getParameterCount() == 0
          && !method.isSynthetic()
          && method.getName().equalsIgnoreCase(member)) {
        return method.getGenericReturnType();
      }
    }
    return String.class;
  }

  private static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[index]
        : String.class;
  }
}
