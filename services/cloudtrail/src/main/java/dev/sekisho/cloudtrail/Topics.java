package dev.sekisho.cloudtrail;

/** Where notifications go that name an SNS topic. */
public interface Topics {

  /** For an installation that has none. */
  Topics NONE =
      new Topics() {
        @Override
        public boolean has(String topicArn) {
          return false;
        }

        @Override
        public void send(String topicArn, String json) throws UndeliveredException {
          throw new UndeliveredException("NotFound");
        }
      };

  /** Whether there is such a topic. */
  boolean has(String topicArn);

  /**
   * Returns when the topic's endpoint has taken the notification.
   *
   * @param json the whole body, signed
   */
  void send(String topicArn, String json) throws UndeliveredException;

  /** The topic's endpoint did not take a notification; trying again may help. */
  final class UndeliveredException extends Exception {

    /**
     * @param code what {@code GetTrailStatus} shows, never more than a word or a status
     */
    public UndeliveredException(String code) {
      super(code);
    }
  }
}
