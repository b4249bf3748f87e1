package dev.sekisho.policy.check;

import java.util.List;

/** A value of a JSON text, with where it stands: from its start to behind its end. */
sealed interface Json {

  int start();

  int end();

  /** A text; {@code start} is the opening quote's place. */
  record Text(String value, int start, int end) implements Json {}

  /** A number, true or false, as written. */
  record Scalar(String text, int start, int end) implements Json {}

  /** What is null. */
  record Null(int start, int end) implements Json {}

  /** What could not be read; it was reported as a syntax error. */
  record Broken(int start, int end) implements Json {}

  /** A list. */
  record Items(List<Json> values, int start, int end) implements Json {}

  /** An object. */
  record Members(List<Member> values, int start, int end) implements Json {}

  /** A name of an object and what it has. */
  record Member(Text name, Json value) {}
}
