package dev.sekisho.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How one value of a policy is held against one value of a request. */
enum Comparison {
  TEXT {
    @Override
    Test compile(String wanted, boolean variables) {
      Glob glob = Glob.of(wanted, false, variables);
      return glob::matches;
    }
  },
  TEXT_IGNORING_CASE {
    @Override
    Test compile(String wanted, boolean variables) {
      Glob folded = Glob.of(fold(wanted), false, variables);
      return (given, context) -> folded.matches(fold(given), key -> folded(context.values(key)));
    }
  },
  PATTERN {
    @Override
    Test compile(String wanted, boolean variables) {
      Glob glob = Glob.of(wanted, true, variables);
      return glob::matches;
    }
  },
  ARN {
    @Override
    Test compile(String wanted, boolean variables) {
      ArnPattern pattern = ArnPattern.of(wanted, variables);
      return (given, context) -> given.startsWith("arn:") && pattern.matches(given, context);
    }
  },
  BOOLEAN {
    @Override
    Test compile(String wanted, boolean variables) {
      Glob glob = Glob.of(fold(wanted), false, variables);
      return (given, context) -> glob.matches(fold(given), context);
    }
  },
  BINARY {
    @Override
    Test compile(String wanted, boolean variables) {
      byte[] bytes = bytes(wanted);
      return (given, _) -> bytes != null && Arrays.equals(bytes, bytes(given));
    }
  },
  IP {
    @Override
    Test compile(String wanted, boolean variables) {
      IpRange range = IpRange.parse(wanted);
      return (given, _) -> {
        byte[] address = IpRange.address(given);
        return range != null && address != null && range.contains(address);
      };
    }
  },
  NUMBER_EQUALS {
    @Override
    Test compile(String wanted, boolean variables) {
      return numbers(wanted, order -> order == 0);
    }
  },
  NUMBER_LESS {
    @Override
    Test compile(String wanted, boolean variables) {
      return numbers(wanted, order -> order < 0);
    }
  },
  NUMBER_AT_MOST {
    @Override
    Test compile(String wanted, boolean variables) {
      return numbers(wanted, order -> order <= 0);
    }
  },
  NUMBER_GREATER {
    @Override
    Test compile(String wanted, boolean variables) {
      return numbers(wanted, order -> order > 0);
    }
  },
  NUMBER_AT_LEAST {
    @Override
    Test compile(String wanted, boolean variables) {
      return numbers(wanted, order -> order >= 0);
    }
  },
  DATE_EQUALS {
    @Override
    Test compile(String wanted, boolean variables) {
      return dates(wanted, order -> order == 0);
    }
  },
  DATE_LESS {
    @Override
    Test compile(String wanted, boolean variables) {
      return dates(wanted, order -> order < 0);
    }
  },
  DATE_AT_MOST {
    @Override
    Test compile(String wanted, boolean variables) {
      return dates(wanted, order -> order <= 0);
    }
  },
  DATE_GREATER {
    @Override
    Test compile(String wanted, boolean variables) {
      return dates(wanted, order -> order > 0);
    }
  },
  DATE_AT_LEAST {
    @Override
    Test compile(String wanted, boolean variables) {
      return dates(wanted, order -> order >= 0);
    }
  };

  private static final int LONGEST_NUMBER = 64;

  /** Whether a request's value passes. */
  interface Test {
    boolean passes(String given, ContextKeys context);
  }

  private interface Order {
    boolean fits(int order);
  }

  /** A test against one value of a policy; a value that cannot be read passes nothing. */
  abstract Test compile(String wanted, boolean variables);

  private static Test numbers(String wanted, Order order) {
    BigDecimal bound = number(wanted);
    return (given, _) -> {
      BigDecimal value = number(given);
      return bound != null && value != null && order.fits(value.compareTo(bound));
    };
  }

  private static Test dates(String wanted, Order order) {
    Instant bound = date(wanted);
    return (given, _) -> {
      Instant value = date(given);
      return bound != null && value != null && order.fits(value.compareTo(bound));
    };
  }

  static @Nullable BigDecimal number(String text) {
    try {
      BigDecimal number = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
      // Comparing 1E9 with 1E-999999999 would need all the digits between.
      return number == null || Math.abs((long) number.scale()) > 1_000 ? null : number;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** Reads an ISO 8601 date or time (UTC unless it says otherwise) or seconds since 1970. */
  static @Nullable Instant date(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      if (text.indexOf('-', 1) < 0) {
        BigDecimal seconds = number(text);
        return seconds == null || seconds.abs().compareTo(BigDecimal.valueOf(1L << 40)) > 0
            ? null
            : Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
      }
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      boolean zoned = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 10;
      return zoned
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException notADate) {
      return null;
    }
  }

  static byte @Nullable [] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static String fold(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static java.util.@Nullable List<String> folded(java.util.@Nullable List<String> values) {
    return values == null ? null : values.stream().map(Comparison::fold).toList();
  }
}
