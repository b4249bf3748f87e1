package dev.sekisho.cloudtrail;

import static dev.sekisho.cloudtrail.BasicSelection.orEmpty;

import dev.sekisho.contract.cloudtrail.AdvancedEventSelector;
import dev.sekisho.contract.cloudtrail.AdvancedFieldSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which advanced event selectors a trail may have.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html">AdvancedFieldSelector</a>
 */
final class AdvancedSelectorRules {

  private static final int MOST_VALUES = 500;
  private static final String CATEGORY = "eventCategory";

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "Management",
          Set.of(CATEGORY, "eventSource", "readOnly"),
          "Data",
          Set.of(
              CATEGORY,
              "eventName",
              "eventSource",
              "eventType",
              "readOnly",
              "resources.type",
              "resources.ARN",
              "sessionCredentialFromConsole",
              "userIdentity.arn"),
          "NetworkActivity",
          Set.of(CATEGORY, "eventSource", "eventName", "errorCode", "vpcEndpointId"));

  /** Fields that must be there, beside the category. */
  private static final Map<String, Set<String>> REQUIRED =
      Map.of(
          "Management", Set.of(),
          "Data", Set.of("resources.type"),
          "NetworkActivity", Set.of("eventSource"));

  private static final Set<String> ONLY_EQUALS = Set.of(CATEGORY, "readOnly", "resources.type");
  private static final Set<String> ONE_VALUE = Set.of(CATEGORY, "readOnly", "resources.type");
  private static final Set<String> EXCLUDABLE =
      Set.of("kms.amazonaws.com", "rdsdata.amazonaws.com");

  private AdvancedSelectorRules() {}

  static Selectors.Advanced checked(List<AdvancedEventSelector> selectors) {
    if (selectors.isEmpty()) {
      throw CloudTrailErrors.selectors("There must be at least one advanced event selector.");
    }
    int values = 0;
    for (AdvancedEventSelector selector : selectors) {
      check(selector);
      for (AdvancedFieldSelector field : selector.fieldSelectors()) {
        values += values(field).size();
      }
    }
    if (values > MOST_VALUES) {
      throw CloudTrailErrors.selectors(
          "The total number of values in all advanced event selectors must not exceed 500.");
    }
    return new Selectors.Advanced(selectors);
  }

  private static void check(AdvancedEventSelector selector) {
    Map<String, AdvancedFieldSelector> fields = new HashMap<>();
    for (AdvancedFieldSelector field : selector.fieldSelectors()) {
      if (fields.put(field.field(), field) != null) {
        throw CloudTrailErrors.selectors(
            "The field " + field.field() + " is in an advanced event selector more than once.");
      }
    }
    AdvancedFieldSelector category = fields.get(CATEGORY);
    if (category == null) {
      throw CloudTrailErrors.selectors(
          "The field eventCategory is required in every advanced event selector.");
    }
    check(category);
    String name = orEmpty(category.equals()).getFirst();
    Set<String> allowed = FIELDS.get(name);
    if (allowed == null) {
      throw CloudTrailErrors.selectors("Value " + name + " for eventCategory is invalid.");
    }
    for (String required : REQUIRED.getOrDefault(name, Set.of())) {
      if (!fields.containsKey(required)) {
        throw CloudTrailErrors.selectors(
            "The field " + required + " is required when eventCategory is " + name + ".");
      }
    }
    for (AdvancedFieldSelector field : selector.fieldSelectors()) {
      if (!allowed.contains(field.field())) {
        throw CloudTrailErrors.selectors(
            "The field " + field.field() + " is invalid when eventCategory is " + name + ".");
      }
      check(field);
      checkSource(name, field);
    }
  }

  private static void check(AdvancedFieldSelector field) {
    String name = field.field();
    if (values(field).isEmpty()) {
      throw CloudTrailErrors.selectors("The field " + name + " has no operator with a value.");
    }
    if (ONLY_EQUALS.contains(name) && values(field).size() != orEmpty(field.equals()).size()) {
      throw CloudTrailErrors.selectors("The field " + name + " can be used with Equals only.");
    }
    if (ONE_VALUE.contains(name) && orEmpty(field.equals()).size() > 1) {
      throw CloudTrailErrors.selectors("The field " + name + " can have one value only.");
    }
    if ((name.equals("readOnly") || name.equals("sessionCredentialFromConsole"))
        && values(field).stream().anyMatch(each -> !each.equals("true") && !each.equals("false"))) {
      throw CloudTrailErrors.selectors("The field " + name + " can be true or false only.");
    }
    if (name.equals("resources.type")
        && orEmpty(field.equals()).stream().anyMatch(each -> !each.startsWith("AWS::"))) {
      throw CloudTrailErrors.selectors(
          "Value " + values(field).getFirst() + " for resources.type is invalid.");
    }
  }

  private static void checkSource(String category, AdvancedFieldSelector field) {
    if (!field.field().equals("eventSource")) {
      return;
    }
    boolean fits =
        switch (category) {
          case "Management" ->
              values(field).size() == orEmpty(field.notEquals()).size()
                  && EXCLUDABLE.containsAll(orEmpty(field.notEquals()));
          case "NetworkActivity" -> values(field).size() == orEmpty(field.equals()).size();
          default -> true;
        };
    if (!fits) {
      throw CloudTrailErrors.selectors(
          category.equals("Management")
              ? "The field eventSource can be used with NotEquals and kms.amazonaws.com or"
                  + " rdsdata.amazonaws.com only when eventCategory is Management."
              : "The field eventSource can be used with Equals only when eventCategory is "
                  + category
                  + ".");
    }
  }

  private static List<String> values(AdvancedFieldSelector field) {
    List<String> values = new ArrayList<>();
    values.addAll(orEmpty(field.equals()));
    values.addAll(orEmpty(field.startsWith()));
    values.addAll(orEmpty(field.endsWith()));
    values.addAll(orEmpty(field.notEquals()));
    values.addAll(orEmpty(field.notStartsWith()));
    values.addAll(orEmpty(field.notEndsWith()));
    return values;
  }
}
