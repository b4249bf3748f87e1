package dev.sekisho.policy.check;

/** One step of the way from a document's root to a part of it. */
public sealed interface PathElement {

  /** To the name itself of an object's member. */
  record Key(String name) implements PathElement {}

  /** To the value of an object's member. */
  record Value(String name) implements PathElement {}

  /** To a value of a list, from 0. */
  record Index(int index) implements PathElement {}

  /** To a part of a text. */
  record Substring(int start, int length) implements PathElement {}
}
