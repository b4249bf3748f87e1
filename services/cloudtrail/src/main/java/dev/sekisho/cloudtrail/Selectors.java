package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.AdvancedEventSelector;
import dev.sekisho.contract.cloudtrail.EventSelector;
import dev.sekisho.events.Event;
import java.util.List;

/** Which events a trail takes: those that any of its selectors takes. */
sealed interface Selectors {

  /** What a trail has that nobody gave selectors: all management events. */
  Selectors DEFAULT =
      new Basic(
          List.of(
              EventSelector.builder()
                  .readWriteType("All")
                  .includeManagementEvents(true)
                  .dataResources(List.of())
                  .excludeManagementEventSources(List.of())
                  .build()));

  /** Whether the trail takes the event. */
  boolean take(Event event);

  /** Those of the first kind. */
  record Basic(List<EventSelector> selectors) implements Selectors {

    public Basic {
      selectors = List.copyOf(selectors);
    }

    @Override
    public boolean take(Event event) {
      return selectors.stream().anyMatch(selector -> BasicSelection.takes(selector, event));
    }
  }

  /** Those by fields. */
  record Advanced(List<AdvancedEventSelector> selectors) implements Selectors {

    public Advanced {
      selectors = List.copyOf(selectors);
    }

    @Override
    public boolean take(Event event) {
      EventFields fields = new EventFields(event);
      return selectors.stream().anyMatch(selector -> AdvancedSelection.takes(selector, fields));
    }
  }
}
