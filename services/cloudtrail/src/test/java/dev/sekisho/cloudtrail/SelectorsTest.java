package dev.sekisho.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.cloudtrail.AdvancedEventSelector;
import dev.sekisho.contract.cloudtrail.AdvancedFieldSelector;
import dev.sekisho.contract.cloudtrail.DataResource;
import dev.sekisho.contract.cloudtrail.EventSelector;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventResource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of selectors, held against thousands of events. */
class SelectorsTest {

  private static final int CASES = 20_000;
  private static final List<String> WORDS =
      List.of("Put", "PutObject", "Object", "Get", "GetObject", "kms", "a", "");
  private static final List<String> SOURCES = List.of("kms.amazonaws.com", "s3.amazonaws.com");
  private static final List<String> ARNS =
      List.of(
          "arn:aws:s3:::logs/a", "arn:aws:s3:::logs/ab", "arn:aws:s3:::other/a", "arn:aws:s3:::l");

  private final Random random = new Random(77);

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Event event() {
    String name = any(WORDS);
    String error = random.nextBoolean() ? "" : ",\"errorCode\":\"" + any(WORDS) + "\"";
    return new Event(
        "id",
        Instant.EPOCH,
        "111122223333",
        "us-east-1",
        any(List.of(EventCategory.values())),
        any(SOURCES),
        name,
        random.nextBoolean(),
        null,
        null,
        random.nextInt(3) == 0
            ? List.of()
            : List.of(
                new EventResource(any(ARNS), "", "AWS::S3::Object"),
                new EventResource(any(ARNS), "", "AWS::S3::Bucket")),
        Blob.of(
            ("{\"userIdentity\":{\"arn\":\"" + any(WORDS) + "\"}" + error + "}")
                .getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      values.add(any(WORDS));
    }
    return values;
  }

  private AdvancedFieldSelector field(String name) {
    AdvancedFieldSelector.Builder field = AdvancedFieldSelector.builder().field(name);
    switch (random.nextInt(6)) {
      case 0 -> field.equals(values());
      case 1 -> field.startsWith(values());
      case 2 -> field.endsWith(values());
      case 3 -> field.notEquals(values());
      case 4 -> field.notStartsWith(values());
      default -> field.notEndsWith(values());
    }
    return field.build();
  }

  private static boolean takes(Event event, AdvancedFieldSelector... fields) {
    return new Selectors.Advanced(
            List.of(AdvancedEventSelector.builder().fieldSelectors(List.of(fields)).build()))
        .take(event);
  }

  @Test
  void eachOperatorAndItsContraryDivideAllEvents() {
    for (int i = 0; i < CASES; i++) {
      Event event = event();
      String name = any(List.of("eventName", "errorCode", "userIdentity.arn", "eventSource"));
      List<String> values = values();
      var is = AdvancedFieldSelector.builder().field(name).equals(values).build();
      var isNot = AdvancedFieldSelector.builder().field(name).notEquals(values).build();
      assertThat(takes(event, is)).isNotEqualTo(takes(event, isNot));
      var starts = AdvancedFieldSelector.builder().field(name).startsWith(values).build();
      var startsNot = AdvancedFieldSelector.builder().field(name).notStartsWith(values).build();
      assertThat(takes(event, starts)).isNotEqualTo(takes(event, startsNot));
      var ends = AdvancedFieldSelector.builder().field(name).endsWith(values).build();
      var endsNot = AdvancedFieldSelector.builder().field(name).notEndsWith(values).build();
      assertThat(takes(event, ends)).isNotEqualTo(takes(event, endsNot));
    }
  }

  @Test
  void fieldsNarrowAndSelectorsWiden() {
    for (int i = 0; i < CASES; i++) {
      Event event = event();
      AdvancedFieldSelector one = field(any(List.of("eventName", "eventSource")));
      AdvancedFieldSelector other = field(any(List.of("errorCode", "userIdentity.arn")));
      assertThat(takes(event, one, other)).isEqualTo(takes(event, one) && takes(event, other));
      Selectors both =
          new Selectors.Advanced(
              List.of(
                  AdvancedEventSelector.builder().fieldSelectors(List.of(one)).build(),
                  AdvancedEventSelector.builder().fieldSelectors(List.of(other)).build()));
      assertThat(both.take(event)).isEqualTo(takes(event, one) || takes(event, other));
    }
  }

  @Test
  void typeAndArnAreOfOneResource() {
    Event event = event("arn:aws:s3:::logs/a", "arn:aws:s3:::other/b");

    assertThat(
            takes(
                event,
                AdvancedFieldSelector.builder()
                    .field("resources.type")
                    .equals(List.of("AWS::S3::Object"))
                    .build(),
                AdvancedFieldSelector.builder()
                    .field("resources.ARN")
                    .startsWith(List.of("arn:aws:s3:::other/"))
                    .build()))
        .isFalse();
    assertThat(
            takes(
                event,
                AdvancedFieldSelector.builder()
                    .field("resources.type")
                    .equals(List.of("AWS::S3::Object"))
                    .build(),
                AdvancedFieldSelector.builder()
                    .field("resources.ARN")
                    .startsWith(List.of("arn:aws:s3:::logs/"))
                    .build()))
        .isTrue();
  }

  private static Event event(String object, String bucket) {
    return new Event(
        "id",
        Instant.EPOCH,
        "111122223333",
        "us-east-1",
        EventCategory.DATA,
        "s3.amazonaws.com",
        "PutObject",
        false,
        null,
        null,
        List.of(
            new EventResource(object, "", "AWS::S3::Object"),
            new EventResource(bucket, "", "AWS::S3::Bucket")),
        Blob.of("{}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsAndWritesTogetherAreAll() {
    for (int i = 0; i < CASES; i++) {
      Event event = event();
      List<DataResource> resources =
          random.nextBoolean()
              ? List.of()
              : List.of(
                  DataResource.builder()
                      .type("AWS::S3::Object")
                      .values(List.of(any(List.of("arn:aws:s3", "arn:aws:s3:::logs/"))))
                      .build());
      boolean reads = basic("ReadOnly", resources).take(event);
      boolean writes = basic("WriteOnly", resources).take(event);
      assertThat(basic("All", resources).take(event)).isEqualTo(reads || writes);
      assertThat(reads && writes).isFalse();
      if (event.category() == EventCategory.DATA) {
        boolean wanted =
            !resources.isEmpty()
                && event.resources().stream()
                    .anyMatch(each ->
                        each.type().equals("AWS::S3::Object")
                            && each.arn().startsWith(resources.getFirst().values().getFirst()));
        assertThat(reads || writes).isEqualTo(wanted);
      } else {
        assertThat(reads || writes).isEqualTo(event.category() == EventCategory.MANAGEMENT);
      }
    }
  }

  private static Selectors basic(String type, List<DataResource> resources) {
    return new Selectors.Basic(
        List.of(
            EventSelector.builder()
                .readWriteType(type)
                .includeManagementEvents(true)
                .dataResources(resources)
                .excludeManagementEventSources(List.of())
                .build()));
  }

  @Test
  void whatIsKeptIsReadBackTheSame() {
    for (int i = 0; i < 2_000; i++) {
      List<AdvancedEventSelector> advanced = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        advanced.add(
            AdvancedEventSelector.builder()
                .name(random.nextBoolean() ? null : any(WORDS))
                .fieldSelectors(List.of(field("eventName"), field("errorCode")))
                .build());
      }
      Selectors selectors = new Selectors.Advanced(advanced);
      assertThat(SelectorColumn.read(SelectorColumn.write(selectors))).isEqualTo(selectors);
    }
    Selectors basic =
        basic(
            "ReadOnly",
            List.of(
                DataResource.builder()
                    .type("AWS::S3::Object")
                    .values(List.of("arn:aws:s3:::\"quoted\"/"))
                    .build()));
    assertThat(SelectorColumn.read(SelectorColumn.write(basic))).isEqualTo(basic);
    assertThat(SelectorColumn.read(SelectorColumn.write(Selectors.DEFAULT)))
        .isEqualTo(Selectors.DEFAULT);
  }

  private static AdvancedEventSelector selector(AdvancedFieldSelector... fields) {
    return AdvancedEventSelector.builder().fieldSelectors(List.of(fields)).build();
  }

  private static AdvancedFieldSelector is(String field, String... values) {
    return AdvancedFieldSelector.builder().field(field).equals(List.of(values)).build();
  }

  private static AdvancedFieldSelector isNot(String field, String... values) {
    return AdvancedFieldSelector.builder().field(field).notEquals(List.of(values)).build();
  }

  @Test
  void advancedSelectorsOfEachCategoryAreTaken() {
    AdvancedSelectorRules.checked(
        List.of(
            selector(is("eventCategory", "Management"), is("readOnly", "true")),
            selector(
                is("eventCategory", "Management"),
                isNot("eventSource", "kms.amazonaws.com", "rdsdata.amazonaws.com")),
            selector(is("eventCategory", "Data"), is("resources.type", "AWS::S3::Object")),
            selector(
                is("eventCategory", "NetworkActivity"),
                is("eventSource", "kms.amazonaws.com"),
                is("errorCode", "VpceAccessDenied"))));
  }

  @Test
  void advancedSelectorsThatCannotBeAreRefused() {
    refused(selector(is("readOnly", "true")));
    refused(selector(is("eventCategory", "Management", "Data")));
    refused(selector(isNot("eventCategory", "Data")));
    refused(selector(is("eventCategory", "Insight")));
    refused(selector(is("eventCategory", "Management"), is("eventName", "CreateUser")));
    refused(selector(is("eventCategory", "Management"), is("eventSource", "kms.amazonaws.com")));
    refused(selector(is("eventCategory", "Management"), isNot("eventSource", "iam.amazonaws.com")));
    refused(selector(is("eventCategory", "Management"), is("readOnly", "maybe")));
    refused(selector(is("eventCategory", "Management"), isNot("readOnly", "true")));
    refused(
        selector(
            is("eventCategory", "Management"), is("readOnly", "true"), is("readOnly", "false")));
    refused(selector(is("eventCategory", "Data")));
    refused(selector(is("eventCategory", "Data"), isNot("resources.type", "AWS::S3::Object")));
    refused(selector(is("eventCategory", "Data"), is("resources.type", "Object")));
    refused(
        selector(
            is("eventCategory", "Data"),
            is("resources.type", "AWS::S3::Object"),
            is("vpcEndpointId", "vpce-1")));
    refused(selector(is("eventCategory", "NetworkActivity")));
    refused(
        selector(
            is("eventCategory", "Data"),
            is("resources.type", "AWS::S3::Object"),
            AdvancedFieldSelector.builder().field("eventName").build()));
    String[] many = new String[500];
    java.util.Arrays.setAll(many, i -> "Name" + i);
    refused(
        selector(
            is("eventCategory", "Data"),
            is("resources.type", "AWS::S3::Object"),
            is("eventName", many)));
    assertThatThrownBy(() -> AdvancedSelectorRules.checked(List.of()))
        .isInstanceOf(ServiceException.class);
  }

  private static void refused(AdvancedEventSelector selector) {
    assertThatThrownBy(() -> AdvancedSelectorRules.checked(List.of(selector)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("InvalidEventSelectorsException"));
  }

  @Test
  void basicSelectorsThatCannotBeAreRefused() {
    for (String value :
        List.of(
            "arn:aws:s3:::*", "arn:aws:s3:::logs", "arn:aws:s3:::LOGS/", "logs", "arn:aws:sns")) {
      refusedBasic(
          EventSelector.builder()
              .dataResources(
                  List.of(
                      DataResource.builder()
                          .type("AWS::S3::Object")
                          .values(List.of(value))
                          .build()))
              .build());
    }
    refusedBasic(
        EventSelector.builder()
            .dataResources(
                List.of(
                    DataResource.builder()
                        .type("AWS::SNS::Topic")
                        .values(List.of("arn:aws:sns"))
                        .build()))
            .build());
    refusedBasic(
        EventSelector.builder()
            .excludeManagementEventSources(List.of("iam.amazonaws.com"))
            .build());
    refusedBasic(EventSelector.builder().includeManagementEvents(false).build());
    List<EventSelector> six = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      six.add(EventSelector.builder().build());
    }
    assertThatThrownBy(() -> BasicSelectorRules.checked(six)).isInstanceOf(ServiceException.class);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 251; i++) {
      values.add("arn:aws:s3:::logs/" + i);
    }
    refusedBasic(
        EventSelector.builder()
            .dataResources(
                List.of(DataResource.builder().type("AWS::S3::Object").values(values).build()))
            .build());
  }

  private static void refusedBasic(EventSelector selector) {
    assertThatThrownBy(() -> BasicSelectorRules.checked(List.of(selector)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("InvalidEventSelectorsException"));
  }
}
