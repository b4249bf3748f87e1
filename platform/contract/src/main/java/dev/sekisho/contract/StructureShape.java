package dev.sekisho.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A structure: its members in order and how a value is made of them.
 *
 * @param <T> the generated record
 */
public final class StructureShape<T extends Structure> implements Shape {

  private final String name;
  private final List<Member> members;
  private final Map<String, Integer> byWireName;
  private final @Nullable String xmlName;
  private final @Nullable String xmlNamespace;
  private final int payload;
  private final Function<@Nullable Object[], T> maker;

  /**
   * @param xmlName the element's name where it differs from the rule
   * @param maker takes one value per member, null where absent
   */
  public StructureShape(
      String name,
      List<Member> members,
      @Nullable String xmlName,
      @Nullable String xmlNamespace,
      Function<@Nullable Object[], T> maker) {
    this.name = name;
    this.members = List.copyOf(members);
    this.xmlName = xmlName;
    this.xmlNamespace = xmlNamespace;
    this.maker = maker;
    Map<String, Integer> index = HashMap.newHashMap(members.size());
    int payloadIndex = -1;
    for (int i = 0; i < members.size(); i++) {
      index.put(members.get(i).wireName(), i);
      if (members.get(i).payload()) {
        payloadIndex = i;
      }
    }
    this.byWireName = index;
    this.payload = payloadIndex;
  }

  @Override
  public String name() {
    return name;
  }

  public List<Member> members() {
    return members;
  }

  /** The index of the member with this name on the wire, or -1. */
  public int indexOf(String wireName) {
    Integer index = byWireName.get(wireName);
    return index == null ? -1 : index;
  }

  /** The member that alone is the body of the HTTP message, if one is. */
  public @Nullable Member payload() {
    return payload < 0 ? null : members.get(payload);
  }

  public @Nullable String xmlName() {
    return xmlName;
  }

  public @Nullable String xmlNamespace() {
    return xmlNamespace;
  }

  /** A value with these members; the array has one place per member. */
  public T make(@Nullable Object[] values) {
    return maker.apply(values);
  }
}
