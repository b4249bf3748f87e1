package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That a value is of the JSON type its element wants. */
final class Types {

  private Types() {}

  /** The text, or null after a report when it is none. */
  static @Nullable String text(Place place, Findings findings) {
    String text = place.text();
    if (text == null && !place.isBroken()) {
      findings.at(place, PolicyIssue.DATA_TYPE_MISMATCH, "data_type", "String");
    }
    return text;
  }

  /** Those values that are texts; the others are reported. */
  static List<Place> texts(Place place, Findings findings) {
    List<Place> texts = new ArrayList<>();
    for (Place value : place.values()) {
      if (text(value, findings) != null) {
        texts.add(value);
      }
    }
    return texts;
  }

  /** Whether it is an object; what is none is reported. */
  static boolean isObject(Place place, Findings findings) {
    boolean object = place.value() instanceof Json.Members;
    if (!object && !place.isBroken()) {
      findings.at(place, PolicyIssue.DATA_TYPE_MISMATCH, "data_type", "Object");
    }
    return object;
  }
}
