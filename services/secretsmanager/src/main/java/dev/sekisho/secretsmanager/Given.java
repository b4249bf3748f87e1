package dev.sekisho.secretsmanager;

import org.jspecify.annotations.Nullable;

/** Members of requests that clients may send empty where they mean nothing. */
final class Given {

  private Given() {}

  static @Nullable String orNull(@Nullable String member) {
    return member == null || member.isEmpty() ? null : member;
  }
}
