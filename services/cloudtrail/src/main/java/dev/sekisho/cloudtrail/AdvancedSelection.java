package dev.sekisho.cloudtrail;

import static dev.sekisho.cloudtrail.BasicSelection.orEmpty;

import dev.sekisho.contract.cloudtrail.AdvancedEventSelector;
import dev.sekisho.contract.cloudtrail.AdvancedFieldSelector;
import dev.sekisho.events.EventResource;
import java.util.List;

/**
 * What an advanced event selector takes: every field must fit. A field fits when any of what it may
 * be fits, and none of what it must not be.
 */
final class AdvancedSelection {

  private static final String RESOURCE = "resources.";

  private AdvancedSelection() {}

  static boolean takes(AdvancedEventSelector selector, EventFields event) {
    List<AdvancedFieldSelector> ofResources =
        selector.fieldSelectors().stream()
            .filter(each -> each.field().startsWith(RESOURCE))
            .toList();
    return selector.fieldSelectors().stream()
            .filter(each -> !each.field().startsWith(RESOURCE))
            .allMatch(each -> fits(each, event.value(each.field())))
        && (ofResources.isEmpty()
            || event.resources().stream().anyMatch(resource -> fits(ofResources, resource)));
  }

  /** One and the same resource has to fit every field. */
  private static boolean fits(List<AdvancedFieldSelector> fields, EventResource resource) {
    return fields.stream()
        .allMatch(each ->
            fits(each, each.field().equals("resources.type") ? resource.type() : resource.arn()));
  }

  static boolean fits(AdvancedFieldSelector field, String value) {
    boolean names =
        field.equals() != null || field.startsWith() != null || field.endsWith() != null;
    return (!names
            || orEmpty(field.equals()).contains(value)
            || orEmpty(field.startsWith()).stream().anyMatch(value::startsWith)
            || orEmpty(field.endsWith()).stream().anyMatch(value::endsWith))
        && !orEmpty(field.notEquals()).contains(value)
        && orEmpty(field.notStartsWith()).stream().noneMatch(value::startsWith)
        && orEmpty(field.notEndsWith()).stream().noneMatch(value::endsWith);
  }
}
