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

  /** Bytes of a lane; four are computed side by side, as each waits for its own tables only. */
  private static final int LANE = 4_096;

  private static final int LANES = 4;

  /** For each byte of a remainder, what it becomes when a lane of zeros follows. */
  private static final long[] BEYOND_LANE = beyondLane();

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

  private static long[] beyondLane() {
    long[] powers = new long[Long.SIZE];
    byte[] zeros = new byte[LANE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      powers[bit] = slices(1L << bit, zeros, 0, LANE);
    }
    long[] table = new long[Long.BYTES * 256];
    for (int place = 0; place < Long.BYTES; place++) {
      for (int value = 0; value < 256; value++) {
        for (int bit = 0; bit < 8; bit++) {
          if (((value >>> bit) & 1) != 0) {
            table[place * 256 + value] ^= powers[8 * place + bit];
          }
        }
      }
    }
    return table;
  }

  private static long beyondLane(long crc) {
    long[] table = BEYOND_LANE;
    long sum = 0;
    for (int place = 0; place < Long.BYTES; place++) {
      sum ^= table[place * 256 + (int) ((crc >>> (8 * place)) & 0xff)];
    }
    return sum;
  }

  @Override
  public void update(int each) {
    remainder = (remainder >>> 8) ^ TABLES[(int) ((remainder ^ each) & 0xff)];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (end - at >= LANES * LANE) {
      remainder = lanes(remainder, bytes, at);
      at += LANES * LANE;
    }
    int whole = (end - at) / SLICES * SLICES;
    remainder = slices(remainder, bytes, at, whole);
    at += whole;
    while (at < end) {
      update(bytes[at++]);
    }
  }

  private static long lanes(long before, byte[] bytes, int offset) {
    long first = before;
    long second = 0;
    long third = 0;
    long fourth = 0;
    for (int at = offset; at < offset + LANE; at += SLICES) {
      first = sixteen(first, bytes, at);
      second = sixteen(second, bytes, at + LANE);
      third = sixteen(third, bytes, at + 2 * LANE);
      fourth = sixteen(fourth, bytes, at + 3 * LANE);
    }
    return beyondLane(beyondLane(beyondLane(first) ^ second) ^ third) ^ fourth;
  }

  private static long slices(long before, byte[] bytes, int offset, int length) {
    long crc = before;
    for (int at = offset; at < offset + length; at += SLICES) {
      crc = sixteen(crc, bytes, at);
    }
    return crc;
  }

  private static long sixteen(long crc, byte[] bytes, int at) {
    long low = crc ^ (long) LONGS.get(bytes, at);
    long high = (long) LONGS.get(bytes, at + 8);
    return eight(low, 8) ^ eight(high, 0);
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
