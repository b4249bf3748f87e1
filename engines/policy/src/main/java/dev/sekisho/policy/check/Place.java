package dev.sekisho.policy.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value in a document together with the way to it.
 *
 * @param name the name it has when it is an object's
 */
record Place(
    @Nullable Place parent, @Nullable PathElement step, Json.@Nullable Text name, Json value) {

  static Place root(Json value) {
    return new Place(null, null, null, value);
  }

  Place member(Json.Member member) {
    return new Place(
        this, new PathElement.Value(member.name().value()), member.name(), member.value());
  }

  /** The members, if it is an object. */
  List<Place> members() {
    return value instanceof Json.Members object
        ? object.values().stream().map(this::member).toList()
        : List.of();
  }

  /** The member of that name, the first if there are many; null when there is none. */
  @Nullable Place member(String wanted) {
    for (Place member : members()) {
      if (member.nameText().equals(wanted)) {
        return member;
      }
    }
    return null;
  }

  /** The values of a list, or the one value that stands for such a list. */
  List<Place> values() {
    if (!(value instanceof Json.Items list)) {
      return List.of(this);
    }
    List<Place> places = new ArrayList<>(list.values().size());
    for (int i = 0; i < list.values().size(); i++) {
      places.add(new Place(this, new PathElement.Index(i), null, list.values().get(i)));
    }
    return places;
  }

  String nameText() {
    return name == null ? "" : name.value();
  }

  /** Its text, or null when it is none. */
  @Nullable String text() {
    return value instanceof Json.Text text ? text.value() : null;
  }

  /** Its text, or the number or truth value as written; null for anything else. */
  @Nullable String scalar() {
    return value instanceof Json.Scalar scalar ? scalar.text() : text();
  }

  boolean isBroken() {
    return value instanceof Json.Broken;
  }

  boolean isEmptyList() {
    return value instanceof Json.Items list && list.values().isEmpty();
  }

  List<PathElement> path() {
    List<PathElement> path = new ArrayList<>();
    for (Place place = this; place != null; place = place.parent) {
      if (place.step != null) {
        path.add(place.step);
      }
    }
    Collections.reverse(path);
    return path;
  }
}
