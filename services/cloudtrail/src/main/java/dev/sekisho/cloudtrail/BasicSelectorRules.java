package dev.sekisho.cloudtrail;

import static dev.sekisho.cloudtrail.BasicSelection.orEmpty;

import dev.sekisho.contract.cloudtrail.DataResource;
import dev.sekisho.contract.cloudtrail.EventSelector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Which basic event selectors a trail may have. */
final class BasicSelectorRules {

  private static final int MOST = 5;
  private static final int MOST_RESOURCES = 250;
  private static final Set<String> EXCLUDABLE =
      Set.of("kms.amazonaws.com", "rdsdata.amazonaws.com");

  /**
   * What values of each type look like: everything, or a resource with what its ARN begins with.
   */
  private static final Map<String, Pattern> TYPES =
      Map.of(
          "AWS::S3::Object",
          Pattern.compile("arn:aws:s3(:::)?|arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*"),
          BasicSelection.LAMBDA,
          Pattern.compile("arn:aws:lambda|arn:aws:lambda:[a-z0-9-]+:\\d{12}:function:[^*]+"),
          "AWS::DynamoDB::Table",
          Pattern.compile("arn:aws:dynamodb|arn:aws:dynamodb:[a-z0-9-]+:\\d{12}:table/[^*]+"));

  private BasicSelectorRules() {}

  /** The selectors with all that was left out. */
  static Selectors.Basic checked(List<EventSelector> selectors) {
    if (selectors.isEmpty() || selectors.size() > MOST) {
      throw CloudTrailErrors.selectors(
          "The number of event selectors must be between 1 and 5, not " + selectors.size() + ".");
    }
    long resources =
        selectors.stream()
            .flatMap(each -> orEmpty(each.dataResources()).stream())
            .mapToLong(each -> orEmpty(each.values()).size())
            .sum();
    if (resources > MOST_RESOURCES) {
      throw CloudTrailErrors.selectors(
          "The total number of data resources in all event selectors must not exceed 250.");
    }
    return new Selectors.Basic(selectors.stream().map(BasicSelectorRules::checked).toList());
  }

  private static EventSelector checked(EventSelector selector) {
    boolean management = !Boolean.FALSE.equals(selector.includeManagementEvents());
    List<DataResource> resources = orEmpty(selector.dataResources());
    List<String> excluded = orEmpty(selector.excludeManagementEventSources());
    if (!management && resources.isEmpty()) {
      throw CloudTrailErrors.selectors(
          "Invalid combination of parameters in EventSelectors. When includeManagementEvents is"
              + " false, DataResources must not be empty.");
    }
    if (!management && !excluded.isEmpty()) {
      throw CloudTrailErrors.selectors(
          "Invalid combination of parameters in EventSelectors. When includeManagementEvents is"
              + " false, ExcludeManagementEventSources must be empty.");
    }
    for (String source : excluded) {
      if (!EXCLUDABLE.contains(source)) {
        throw CloudTrailErrors.selectors(
            "Value " + source + " for ExcludeManagementEventSources is invalid.");
      }
    }
    resources.forEach(BasicSelectorRules::check);
    return EventSelector.builder()
        .readWriteType(Objects.requireNonNullElse(selector.readWriteType(), "All"))
        .includeManagementEvents(management)
        .dataResources(resources)
        .excludeManagementEventSources(excluded)
        .build();
  }

  private static void check(DataResource resource) {
    Pattern pattern = resource.type() == null ? null : TYPES.get(resource.type());
    if (pattern == null) {
      throw CloudTrailErrors.selectors(
          "Value " + resource.type() + " for DataResources.Type is invalid.");
    }
    if (orEmpty(resource.values()).isEmpty()) {
      throw CloudTrailErrors.selectors("DataResources.Values must not be empty.");
    }
    for (String value : orEmpty(resource.values())) {
      if (!pattern.matcher(value).matches()) {
        throw CloudTrailErrors.selectors(
            "Value " + value + " for DataResources.Values is invalid.");
      }
    }
  }
}
