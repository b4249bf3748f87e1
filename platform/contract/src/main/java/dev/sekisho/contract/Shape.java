package dev.sekisho.contract;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value on the wire and the constraints it must meet.
 *
 * <p>Java types of values: {@code String}, {@code Integer}, {@code Long}, {@code Float}, {@code
 * Double}, {@code Boolean}, {@link java.time.Instant}, {@link dev.sekisho.core.Blob}, {@code List},
 * {@code Map} with string keys, and generated records.
 */
public sealed interface Shape
    permits Shape.StringShape,
        Shape.IntegerShape,
        Shape.LongShape,
        Shape.FloatShape,
        Shape.DoubleShape,
        Shape.BooleanShape,
        Shape.TimestampShape,
        Shape.BlobShape,
        Shape.ListShape,
        Shape.MapShape,
        StructureShape {

  /** The shape's name in the model. */
  String name();

  /** Whether values must not appear in logs, events or messages. */
  default boolean sensitive() {
    return false;
  }

  /** Inclusive bounds; null where the model gives none. */
  record Range(@Nullable Long min, @Nullable Long max) {
    public static final Range NONE = new Range(null, null);

    public static Range of(@Nullable Long min, @Nullable Long max) {
      return min == null && max == null ? NONE : new Range(min, max);
    }

    public boolean admits(long value) {
      return (min == null || value >= min) && (max == null || value <= max);
    }
  }

  /**
   * Text.
   *
   * @param length in characters
   * @param pattern the whole value must match it; compiled at first use
   * @param values the permitted values of an enumeration, in the model's order; empty for free text
   */
  record StringShape(
      String name,
      Range length,
      @Nullable LazyPattern pattern,
      List<String> values,
      boolean sensitive)
      implements Shape {}

  record IntegerShape(String name, Range range) implements Shape {}

  record LongShape(String name, Range range) implements Shape {}

  record FloatShape(String name, Range range) implements Shape {}

  record DoubleShape(String name, Range range) implements Shape {}

  record BooleanShape(String name) implements Shape {}

  record TimestampShape(String name, @Nullable TimestampFormat format) implements Shape {}

  /**
   * Bytes.
   *
   * @param length in bytes
   * @param streaming whether the value is a body that is not held in memory
   */
  record BlobShape(String name, Range length, boolean sensitive, boolean streaming)
      implements Shape {}

  /**
   * A list.
   *
   * @param element lazily, for shapes may be recursive
   * @param elementName the element's name in XML and query forms; {@code member} unless the model
   *     says otherwise
   * @param flattened whether XML and query forms leave out the wrapping element
   */
  record ListShape(
      String name,
      Supplier<? extends Shape> element,
      String elementName,
      boolean flattened,
      Range size)
      implements Shape {}

  /**
   * A map with string keys.
   *
   * @param keyName {@code key} unless the model says otherwise
   * @param valueName {@code value} unless the model says otherwise
   */
  record MapShape(
      String name,
      Supplier<? extends Shape> key,
      Supplier<? extends Shape> value,
      String keyName,
      String valueName,
      boolean flattened,
      Range size)
      implements Shape {}

  /** How a timestamp is written. */
  enum TimestampFormat {
    /** Seconds since 1970, with a fraction. */
    UNIX_TIMESTAMP,
    /** 2026-01-02T03:04:05Z. */
    ISO_8601,
    /** Fri, 02 Jan 2026 03:04:05 GMT. */
    RFC_822
  }

  /** A pattern of the model, compiled when a value first has to match it. */
  final class LazyPattern {
    private final String source;
    private volatile @Nullable Pattern compiled;

    public LazyPattern(String source) {
      this.source = source;
    }

    /** The pattern as the model and AWS's messages write it. */
    public String source() {
      return source;
    }

    /**
     * Whether the whole value matches.
     *
     * <p>INVARIANT: the time it takes is bounded by the value's length, whatever the pattern. A
     * value that makes the pattern try again and again does not match.
     */
    public boolean matches(String value) {
      Pattern pattern = compiled;
      if (pattern == null) {
        pattern = Pattern.compile(source);
        compiled = pattern;
      }
      try {
        return pattern.matcher(new CountedText(value)).matches();
      } catch (CountedText.TooMuch | StackOverflowError tooMuch) {
        return false;
      }
    }
  }
}
