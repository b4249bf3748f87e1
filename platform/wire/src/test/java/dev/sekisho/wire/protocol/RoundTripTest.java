package dev.sekisho.wire.protocol;

import static dev.sekisho.contract.Protocol.AWS_JSON_1_1;
import static dev.sekisho.contract.Protocol.EC2_QUERY;
import static dev.sekisho.contract.Protocol.QUERY;
import static dev.sekisho.contract.Protocol.REST_JSON;
import static dev.sekisho.contract.Protocol.REST_XML;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.probe.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back the same: random values of random shapes, by seed. */
class RoundTripTest {

  private static final int CASES = 4_000;
  private static final RandomShapes.Limits JSON =
      new RandomShapes.Limits(true, false, false, false);
  private static final RandomShapes.Limits REST = new RandomShapes.Limits(true, false, false, true);
  private static final RandomShapes.Limits XML = new RandomShapes.Limits(false, true, true, true);
  private static final RandomShapes.Limits FORM = new RandomShapes.Limits(true, true, false, false);
  private static final RandomShapes.Limits EC2 = new RandomShapes.Limits(true, false, false, false);

  /** What was written as an answer, sent back as a request. */
  private static WireRequest back(WireResponse response) {
    List<String> headers =
        response.headers().stream()
            .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
            .toList();
    return Wire.post(
        new String(response.blob().bytes(), StandardCharsets.UTF_8),
        headers.toArray(String[]::new));
  }

  private static void assertRoundTrips(Protocol protocol, RandomShapes.Limits limits) {
    for (int seed = 0; seed < CASES; seed++) {
      RandomShapes shapes = new RandomShapes(new Random(seed), limits);
      StructureShape<Values> shape = shapes.structure();
      Values value = shapes.value(shape);

      WireRequest request = back(Wire.write(protocol, value, null));

      assertThat(Wire.read(protocol, shape, request)).as("seed %s", seed).isEqualTo(value);
    }
  }

  @Test
  void json() {
    assertRoundTrips(AWS_JSON_1_1, JSON);
  }

  @Test
  void restJson() {
    assertRoundTrips(REST_JSON, REST);
  }

  @Test
  void restXml() {
    assertRoundTrips(REST_XML, XML);
  }

  @Test
  void query() {
    assertFormsRead(QUERY, FORM);
  }

  @Test
  void ec2() {
    assertFormsRead(EC2_QUERY, EC2);
  }

  private static void assertFormsRead(Protocol protocol, RandomShapes.Limits limits) {
    for (int seed = 0; seed < CASES; seed++) {
      RandomShapes shapes = new RandomShapes(new Random(seed), limits);
      StructureShape<Values> shape = shapes.structure();
      Values value = shapes.value(shape);

      String form = FormWriter.write(value, protocol == EC2_QUERY);

      assertThat(Wire.read(protocol, shape, Wire.post(form)))
          .as("seed %s: %s", seed, form)
          .isEqualTo(value);
    }
  }
}
