package dev.sekisho.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of buckets are what AWS lets them be. */
class BucketNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "my-logs.2026",
        "1a2",
        "a.b.c",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "256.1.1",
        "1.2.3.4.5"
      })
  void good(String name) {
    assertThat(BucketName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Abc",
        "a_b",
        "-abc",
        "abc-",
        ".abc",
        "abc.",
        "a..b",
        "a.-b",
        "a-.b",
        "192.168.5.4",
        "xn--bucket",
        "sthree-x",
        "amzn-s3-demo-x",
        "logs-s3alias",
        "logs--ol-s3",
        "logs.mrap",
        "logs--x-s3",
        "logs--table-s3",
        "../etc",
        "a/b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void bad(String name) {
    assertThat(BucketName.isValid(name)).isFalse();
  }
}
