package dev.sekisho.waf.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }

  private static Cidr block(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.77/24, 192.0.2.1, true",
    "192.0.2.1/32, ::ffff:192.0.2.1, true",
    "192.0.2.1/32, ::192.0.2.1, false",
    "128.0.0.0/1, 255.255.255.255, true",
    "128.0.0.0/1, 127.255.255.255, false",
    "2001:db8::/32, 2001:DB8:ffff::1, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/127, 2001:db8::1, true",
    "2001:db8::/127, 2001:db8::2, false",
    "8000::/1, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
    "8000::/1, 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, false",
    "2001:db8::1/128, 2001:db8::1, true",
  })
  void aBlockHasItsAddresses(String block, String address, boolean has) {
    assertThat(AddressSet.of(List.of(block(block))).contains(address(address))).isEqualTo(has);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.256", "0x1.2.3.4", "1.2.3.4 ", "1.2.3.4.",
        "localhost", ":", ":::", "1::2::3", "fe80::1%lo", "12345::", "[::1]", "::ffff:1.2.3.400"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(Address.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.4",
        "1.2.3.4/",
        "1.2.3.4/0",
        "1.2.3.4/33",
        "1.2.3.4/08",
        "::1/129",
        "::/0",
        "::ffff:1.2.3.4/24"
      })
  void whatIsNoBlockIsNone(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Test
  void blocksThatTouchAreOne() {
    assertThat(
            AddressSet.of(
                    List.of(
                        block("10.0.0.0/25"),
                        block("10.0.0.128/25"),
                        block("10.0.0.64/26"),
                        block("255.255.255.255/32"),
                        block("255.255.255.254/31"),
                        block("ffff::/16"),
                        block("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128")))
                .ranges())
        .isEqualTo(3);
  }

  private static Address random(Random random) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    // Few values a byte, so that blocks and addresses meet.
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : -random.nextInt(2));
    }
    return Address.of(bytes);
  }

  private static Cidr randomBlock(Random random) {
    Address address = random(random);
    int length = 1 + random.nextInt(address.six() ? 128 : 32);
    return block(text(address) + "/" + length);
  }

  private static String text(Address address) {
    if (!address.six()) {
      return IntStream.of(24, 16, 8, 0)
          .mapToObj(shift -> Long.toString(address.low() >>> shift & 0xff))
          .reduce((a, b) -> a + "." + b)
          .orElseThrow();
    }
    StringBuilder text = new StringBuilder();
    for (long half : new long[] {address.high(), address.low()}) {
      for (int shift = 48; shift >= 0; shift -= 16) {
        text.append(text.isEmpty() ? "" : ":").append(Long.toHexString(half >>> shift & 0xffff));
      }
    }
    return text.toString();
  }

  private static boolean has(Cidr block, Address address) {
    return block.first().six() == address.six()
        && (Long.compareUnsigned(block.first().high(), address.high()) < 0
            || (block.first().high() == address.high()
                && Long.compareUnsigned(block.first().low(), address.low()) <= 0))
        && (Long.compareUnsigned(address.high(), block.last().high()) < 0
            || (block.last().high() == address.high()
                && Long.compareUnsigned(address.low(), block.last().low()) <= 0));
  }

  @Test
  void theSetHasWhatAnyOfItsBlocksHas() {
    Random random = new Random(20_261_125);
    for (int set = 0; set < 300; set++) {
      List<Cidr> blocks = new ArrayList<>();
      IntStream.range(0, random.nextInt(20)).forEach(_ -> blocks.add(randomBlock(random)));
      AddressSet addresses = AddressSet.of(blocks);
      for (int look = 0; look < 30; look++) {
        Address address = random(random);

        assertThat(addresses.contains(address))
            .as("%s in %s", text(address), blocks)
            .isEqualTo(blocks.stream().anyMatch(block -> has(block, address)));
      }
    }
  }

  @Test
  void aMillionBlocksAreASet() {
    List<Cidr> blocks =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> {
              Address address = new Address(false, 0, i * 4_096L + 77);
              return new Cidr(address, address);
            })
            .toList();
    AddressSet set = AddressSet.of(blocks);

    assertThat(set.ranges()).isEqualTo(1_000_000);
    for (int i = 0; i < 1_000_000; i += 99_991) {
      assertThat(set.contains(new Address(false, 0, i * 4_096L + 77))).isTrue();
      assertThat(set.contains(new Address(false, 0, i * 4_096L + 78))).isFalse();
    }
  }
}
