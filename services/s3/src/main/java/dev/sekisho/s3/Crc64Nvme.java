package dev.sekisho.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** The CRC-64 of the NVM Express specification, which the JDK has not. */
final class Crc64Nvme implements Checksum {

  /** The polynomial 0xAD93D23594C93659, lowest power first. */
  static final long REFLECTED = 0x9A6C9329AC4BC9B5L;

  private static final int SLICES = 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[] TABLES = tables();

  private long remainder = -1;

  /** For each slice, what a byte leaves when that many bytes follow it. */
  private static long[] tables() {
    long[] tables = new long[SLICES * 256];
    for (int value = 0; value < 256; value++) {
      long crc = value;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED;
      }
      tables[value] = crc;
    }
    for (int slice = 1; slice < SLICES; slice++) {
      for (int value = 0; value < 256; value++) {
        long before = tables[(slice - 1) * 256 + value];
        tables[slice * 256 + value] = (before >>> 8) ^ tables[(int) (before & 0xff)];
      }
    }
    return tables;
  }

  @Override
  public void update(int each) {
    remainder = (remainder >>> 8) ^ TABLES[(int) ((remainder ^ each) & 0xff)];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    long crc = remainder;
    while (end - at >= SLICES) {
      long low = crc ^ (long) LONGS.get(bytes, at);
      long high = (long) LONGS.get(bytes, at + 8);
      crc = eight(low, 8) ^ eight(high, 0);
      at += SLICES;
    }
    remainder = crc;
    while (at < end) {
      update(bytes[at++]);
    }
  }

  private static long eight(long word, int following) {
    long[] tables = TABLES;
    int base = following * 256;
    return tables[base + 7 * 256 + (int) (word & 0xff)]
        ^ tables[base + 6 * 256 + (int) ((word >>> 8) & 0xff)]
        ^ tables[base + 5 * 256 + (int) ((word >>> 16) & 0xff)]
        ^ tables[base + 4 * 256 + (int) ((word >>> 24) & 0xff)]
        ^ tables[base + 3 * 256 + (int) ((word >>> 32) & 0xff)]
        ^ tables[base + 2 * 256 + (int) ((word >>> 40) & 0xff)]
        ^ tables[base + 256 + (int) ((word >>> 48) & 0xff)]
        ^ tables[base + (int) (word >>> 56)];
  }

  @Override
  public long getValue() {
    return ~remainder;
  }

  @Override
  public void reset() {
    remainder = -1;
  }
}
