package dev.sekisho.secretsmanager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a rotation function is asked for, in this order. */
enum RotationStep {
  CREATE("createSecret"),
  SET("setSecret"),
  TEST("testSecret"),
  FINISH("finishSecret");

  private final String text;

  RotationStep(String text) {
    this.text = text;
  }

  /** As functions know it. */
  String text() {
    return text;
  }

  static RotationStep of(String text) {
    return Arrays.stream(values()).filter(step -> step.text.equals(text)).findFirst().orElseThrow();
  }

  /** The step after it; null after the last. */
  @Nullable RotationStep next() {
    return switch (this) {
      case CREATE -> SET;
      case SET -> TEST;
      case TEST -> FINISH;
      case FINISH -> null;
    };
  }
}
