package dev.sekisho.secretsmanager;

/** The functions that rotate secrets, wherever they run. */
public interface RotationFunctions {

  /** There are none. */
  RotationFunctions NONE =
      new RotationFunctions() {
        @Override
        public boolean has(String arn) {
          return false;
        }

        @Override
        public void invoke(String arn, String event) throws FailedException {
          throw new FailedException("there is no such function");
        }
      };

  /** Whether it is known where the function runs. */
  boolean has(String arn);

  /**
   * Has the function do a step and waits until it has.
   *
   * @param event the step in JSON
   * @throws FailedException when it could not be reached or failed
   */
  void invoke(String arn, String event) throws FailedException;

  /** These and, for what they do not have, others. */
  default RotationFunctions or(RotationFunctions others) {
    RotationFunctions first = this;
    return new RotationFunctions() {
      @Override
      public boolean has(String arn) {
        return first.has(arn) || others.has(arn);
      }

      @Override
      public void invoke(String arn, String event) throws FailedException {
        (first.has(arn) ? first : others).invoke(arn, event);
      }
    };
  }

  /** A step was not done. */
  final class FailedException extends Exception {

    /**
     * @param why for the people who look after the secret
     */
    public FailedException(String why) {
      super(why, null, false, false);
    }

    /** Why. */
    public String why() {
      return String.valueOf(getMessage());
    }
  }
}
