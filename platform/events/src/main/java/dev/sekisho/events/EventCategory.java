package dev.sekisho.events;

/** What kind of event it is; trails choose by it, and the history shows some of them only. */
public enum EventCategory {
  /** Somebody managed resources. */
  MANAGEMENT("Management"),
  /** Somebody used what is in a resource, such as an object in a bucket. */
  DATA("Data"),
  /** Somebody called through a VPC endpoint. */
  NETWORK_ACTIVITY("NetworkActivity"),
  /** Something is unusual. */
  INSIGHT("Insight");

  private final String text;

  EventCategory(String text) {
    this.text = text;
  }

  /** What records and selectors call it. */
  public String text() {
    return text;
  }

  /**
   * The category of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EventCategory named(String text) {
    for (EventCategory category : values()) {
      if (category.text.equals(text)) {
        return category;
      }
    }
    throw new IllegalArgumentException("not an event category: " + text);
  }
}
