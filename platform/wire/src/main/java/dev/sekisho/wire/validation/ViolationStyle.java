package dev.sekisho.wire.validation;

/** How a service's messages show the value that broke a constraint. */
public enum ViolationStyle {
  /** {@code Value 'x' at 'keySpec' failed …: Member must satisfy enum value set: [A, B]}. */
  WITH_VALUE,
  /** {@code Value at 'status' failed …: Member must satisfy enum value set}, as IAM does. */
  WITHOUT_VALUE
}
