package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;

/** Which lists and maps stand without an element around them in XML and forms, and their names. */
final class Flattening {

  /** The element's name where the model gives none. */
  private static final String NO_NAME = "member";

  private Flattening() {}

  static boolean of(Member member) {
    return member.flattened()
        || switch (member.shape()) {
          case Shape.ListShape list -> list.flattened();
          case Shape.MapShape map -> map.flattened();
          default -> false;
        };
  }

  /**
   * The name a member is written under: its own where the model gives it one; else a flattened list
   * goes by its elements' name.
   */
  static String wireName(Member member) {
    return member.wireName().equals(member.name()) ? elementName(member) : member.wireName();
  }

  /** The name of a flattened list's elements, else the member's own. */
  static String elementName(Member member) {
    return member.shape() instanceof Shape.ListShape list
            && of(member)
            && !list.elementName().equals(NO_NAME)
        ? list.elementName()
        : member.wireName();
  }
}
