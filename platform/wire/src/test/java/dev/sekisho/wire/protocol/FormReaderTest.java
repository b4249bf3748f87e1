package dev.sekisho.wire.protocol;

import static dev.sekisho.contract.Protocol.EC2_QUERY;
import static dev.sekisho.contract.Protocol.QUERY;
import static dev.sekisho.wire.protocol.Wire.member;
import static dev.sekisho.wire.protocol.Wire.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.probe.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms in the naming of the query protocol and of EC2's. */
class FormReaderTest {

  private static final StructureShape<Values> PAIR =
      Values.shape("Pair", member("Key", Wire.STRING), member("Value", Wire.STRING));

  private static Object readOne(Protocol protocol, Member member, String form) {
    StructureShape<Values> shape = Values.shape("In", member);
    return Wire.read(protocol, shape, post(form)).get(member.name());
  }

  private static Object readOne(Shape shape, String form) {
    return readOne(QUERY, member("A", shape), form);
  }

  private static Values pair(String key, String value) {
    return Values.of(PAIR, "Key", key, "Value", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=b|b",
        "A=|''",
        "A|''",
        "A=a+b%2Bc|a b+c",
        "A=%C3%BC%F0%9F%98%80|ü😀",
        "A=ü|ü",
        "A=a%26b%3Dc|a&b=c",
        "A=b=c|b=c",
        "%41=b|b",
        "&&A=b&|b",
        "Action=x&A=b&Version=y|b"
      })
  void readsText(String form, String text) {
    assertThat(readOne(Wire.STRING, form)).isEqualTo(text);
  }

  @Test
  void readsEachKindOfValue() {
    assertThat(readOne(Wire.INTEGER, "A=-12")).isEqualTo(-12);
    assertThat(readOne(Wire.INTEGER, "A=+12+")).isEqualTo(12);
    assertThat(readOne(Wire.LONG, "A=9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(readOne(Wire.FLOAT, "A=1.5")).isEqualTo(1.5f);
    assertThat(readOne(Wire.DOUBLE, "A=1e-3")).isEqualTo(0.001);
    assertThat(readOne(Wire.DOUBLE, "A=NaN")).isEqualTo(Double.NaN);
    assertThat(readOne(Wire.BLOB, "A=AP8%3D")).isEqualTo(Blob.of(new byte[] {0, -1}));
    assertThat(readOne(Wire.TIMESTAMP, "A=2026-01-02T03%3A04%3A05Z"))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
  }

  @ParameterizedTest
  @CsvSource({"true,true", "True,true", "TRUE,true", "false,false", "False,false", "FALSE,false"})
  void readsBooleansAsClientsSpellThem(String text, boolean value) {
    assertThat(readOne(Wire.BOOLEAN, "A=" + text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "yes", "on", "tRue", ""})
  void otherBooleansAreRefused(String text) {
    assertThatThrownBy(() -> readOne(Wire.BOOLEAN, "A=" + text))
        .isInstanceOf(MalformedRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2B1", "0x1", "1_0", "%D9%A1", "1.0", "", "--1", "2147483648", "1e1"})
  void otherIntegersAreRefused(String text) {
    assertThatThrownBy(() -> readOne(Wire.INTEGER, "A=" + text))
        .isInstanceOf(MalformedRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1p3", "1f", "1d", "infinity", "%D9%A1", "", "1,5"})
  void otherDecimalsAreRefused(String text) {
    assertThatThrownBy(() -> readOne(Wire.DOUBLE, "A=" + text))
        .isInstanceOf(MalformedRequest.class);
  }

  @Test
  void listsStandUnderTheirElementsName() {
    assertThat(readOne(Wire.list(Wire.STRING), "A.member.1=a&A.member.2=b"))
        .isEqualTo(List.of("a", "b"));
    assertThat(readOne(Wire.list(Wire.STRING, "Item", false), "A.Item.1=a&A.Item.2=b"))
        .isEqualTo(List.of("a", "b"));
    assertThat(readOne(Wire.list(PAIR), "A.member.1.Key=a&A.member.2.Value=b"))
        .isEqualTo(List.of(pair("a", null), pair(null, "b")));
    assertThat(readOne(Wire.list(Wire.list(Wire.STRING)), "A.member.1.member.1=a"))
        .isEqualTo(List.of(List.of("a")));
  }

  @Test
  void elementsComeInTheOrderOfTheirNumbers() {
    assertThat(readOne(Wire.list(Wire.STRING), "A.member.10=c&A.member.2=b&A.member.1=a"))
        .isEqualTo(List.of("a", "b", "c"));
    assertThat(readOne(Wire.list(Wire.STRING), "A.member.7=a&A.member.9=b"))
        .isEqualTo(List.of("a", "b"));
  }

  @Test
  void emptyListsAndMapsAreTheirNameAlone() {
    assertThat(readOne(Wire.list(Wire.STRING), "A=")).isEqualTo(List.of());
    assertThat(readOne(Wire.list(PAIR), "A")).isEqualTo(List.of());
    assertThat(readOne(Wire.map(Wire.STRING), "A=")).isEqualTo(Map.of());
    assertThat(readOne(EC2_QUERY, member("A", Wire.list(Wire.STRING)), "A=")).isEqualTo(List.of());
    assertThat(readOne(Wire.list(Wire.STRING), "B=")).isNull();
  }

  @Test
  void flattenedListsStandUnderTheMembersOrTheElementsName() {
    Shape flattened = Wire.list(Wire.STRING, "member", true);
    Shape named = Wire.list(Wire.STRING, "Element", true);
    Member renamed = Member.of("A", () -> named).wireName("Other").build();
    Member byMember = Member.of("A", () -> Wire.list(Wire.STRING)).flattened().build();

    assertThat(readOne(flattened, "A.1=a&A.2=b")).isEqualTo(List.of("a", "b"));
    assertThat(readOne(named, "Element.1=a")).isEqualTo(List.of("a"));
    assertThat(readOne(QUERY, renamed, "Other.1=a")).isEqualTo(List.of("a"));
    assertThat(readOne(QUERY, renamed, "Element.1=a")).isEqualTo(List.of("a"));
    assertThat(readOne(QUERY, byMember, "A.1=a")).isEqualTo(List.of("a"));
  }

  @Test
  void mapsStandUnderEntryUnlessFlattened() {
    Shape renamed = Wire.map(Wire.INTEGER, "Name", "Count", false);
    Shape flattened = Wire.map(Wire.STRING, "key", "value", true);
    Member byMember = Member.of("A", () -> Wire.map(Wire.STRING)).flattened().build();

    assertThat(
            readOne(
                Wire.map(Wire.STRING),
                "A.entry.1.key=a&A.entry.1.value=b&A.entry.2.key=c&A.entry.2.value=d"))
        .isEqualTo(Map.of("a", "b", "c", "d"));
    assertThat(readOne(renamed, "A.entry.1.Name=a&A.entry.1.Count=1")).isEqualTo(Map.of("a", 1));
    assertThat(readOne(flattened, "A.1.key=a&A.1.value=b")).isEqualTo(Map.of("a", "b"));
    assertThat(readOne(QUERY, byMember, "A.1.key=a&A.1.value=b")).isEqualTo(Map.of("a", "b"));
    assertThat(
            readOne(
                Wire.map(Wire.map(Wire.STRING)),
                "A.entry.1.key=a&A.entry.1.value.entry.1.key=b&A.entry.1.value.entry.1.value=c"))
        .isEqualTo(Map.of("a", Map.of("b", "c")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A.entry.1.key=a",
        "A.entry.1.value=a",
        "A.entry.1.key=a&A.entry.1.value=b&A.entry.2.key=a&A.entry.2.value=c",
        "A.entry.1.key.x=a&A.entry.1.value=b",
        "A.1.key=a&A.1.value=b",
        "A=x"
      })
  void brokenMapsAreRefused(String form) {
    assertThatThrownBy(() -> readOne(Wire.map(Wire.STRING), form))
        .isInstanceOf(MalformedRequest.class);
  }

  @Test
  void structuresNest() {
    StructureShape<Values> outer = Values.shape("Outer", member("Inner", PAIR));

    assertThat(readOne(outer, "A.Inner.Key=k&A.Inner.Value=v&A.Inner.Other=o"))
        .isEqualTo(Values.of(outer, "Inner", pair("k", "v")));
  }

  @Test
  void ec2NamesBeginWithACapitalOrAreTheModelsOwn() {
    Member wireNamed =
        Member.of("Ids", () -> Wire.list(Wire.STRING)).wireName("instanceId").build();
    Member queryNamed =
        Member.of("Ids", () -> Wire.list(Wire.STRING)).wireName("item").queryName("Id").build();

    assertThat(readOne(EC2_QUERY, wireNamed, "InstanceId.1=a")).isEqualTo(List.of("a"));
    assertThat(readOne(EC2_QUERY, wireNamed, "instanceId.1=a")).isNull();
    assertThat(readOne(EC2_QUERY, queryNamed, "Id.1=a")).isEqualTo(List.of("a"));
  }

  @Test
  void ec2ListsAreAllFlattened() {
    StructureShape<Values> filter =
        Values.shape(
            "Filter",
            member("Name", Wire.STRING),
            Member.of("Values", () -> Wire.list(Wire.STRING, "item", false))
                .wireName("Value")
                .build());
    Member filters = Member.of("Filters", () -> Wire.list(filter)).wireName("Filter").build();

    assertThat(readOne(EC2_QUERY, filters, "Filter.1.Name=n&Filter.1.Value.1=a&Filter.1.Value.2=b"))
        .isEqualTo(List.of(Values.of(filter, "Name", "n", "Values", List.of("a", "b"))));
  }

  @Test
  void getTakesItsParametersFromTheQuery() {
    StructureShape<Values> shape = Values.shape("In", member("A", Wire.STRING));

    assertThat(
            Wire.read(QUERY, shape, Wire.request("GET", "/", "Action=x&A=a%20b", "A=other"))
                .get("A"))
        .isEqualTo("a b");
  }

  @Test
  void tooManyParametersAreRefused() {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 100_001; i++) {
      form.append('&').append(i).append('=');
    }

    assertThatThrownBy(() -> readOne(Wire.STRING, form.toString()))
        .isInstanceOf(MalformedRequest.class);
  }
}
