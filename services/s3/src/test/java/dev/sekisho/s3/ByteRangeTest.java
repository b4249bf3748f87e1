package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges are those of RFC 9110, one at a time. */
class ByteRangeTest {

  @Test
  void whatIsAskedForIsCutToWhatThereIs() {
    Random random = new Random(9);
    for (int round = 0; round < 5_000; round++) {
      long size = 1 + random.nextInt(50);
      long first = random.nextInt(60);
      long last = first + random.nextInt(60);
      String header = "bytes=" + first + "-" + last;
      if (first >= size) {
        refused("InvalidRange", 416, () -> ByteRange.parse(header, size));
      } else {
        long end = Math.min(last, size - 1);
        assertThat(ByteRange.parse(header, size))
            .as("%s of %s", header, size)
            .isEqualTo(new ByteRange(first, end - first + 1));
      }
      long suffix = 1 + random.nextInt(60);
      assertThat(ByteRange.parse("bytes=-" + suffix, size))
          .isEqualTo(new ByteRange(Math.max(0, size - suffix), Math.min(size, suffix)));
    }
  }

  @Test
  void openEndsReachTheEnd() {
    assertThat(ByteRange.parse("bytes=3-", 10)).isEqualTo(new ByteRange(3, 7));
    assertThat(ByteRange.parse("bytes=3-99999999999999999999999", 10))
        .isEqualTo(new ByteRange(3, 7));
    assertThat(new ByteRange(3, 7).contentRange(10)).isEqualTo("bytes 3-9/10");
  }

  @Test
  void whatIsNoRangeAsksForTheWhole() {
    for (String header :
        new String[] {
          null,
          "",
          "bytes",
          "bytes=",
          "bytes=-",
          "bytes=x-1",
          "bytes=5-2",
          "bytes=0-1,3-4",
          "lines=0-1",
          "bytes=+1-2"
        }) {
      assertThat(ByteRange.parse(header, 10)).as(header).isNull();
    }
  }

  @Test
  void nothingOfNothingIsRefused() {
    refused("InvalidRange", 416, () -> ByteRange.parse("bytes=0-0", 0));
    refused("InvalidRange", 416, () -> ByteRange.parse("bytes=-1", 0));
    refused("InvalidRange", 416, () -> ByteRange.parse("bytes=-0", 5));
    refused("InvalidRange", 416, () -> ByteRange.parse("bytes=99999999999999999999-", 5));
  }
}
