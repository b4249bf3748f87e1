package dev.sekisho.server.rotation;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What a function may do while it runs: call services with the rights of its role.
 *
 * @param caller the session of the role
 * @param region where the function is
 */
record FunctionSession(
    InnerCalls calls, Caller caller, String region, Randomness randomness, InstantSource clock) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String AGENT = "sekisho-rotation";

  /**
   * Calls.
   *
   * @throws ServiceException what any caller would be answered with
   */
  <I extends Structure, O extends Structure> O call(
      ServiceModel<?> model, String operation, Function<Call<I>, Guarded<O>> method, I input) {
    return calls.call(model, method, input, context(model, operation));
  }

  /**
   * Calls, where a refusal ends the step.
   *
   * @throws FailedException with the refusal
   */
  <I extends Structure, O extends Structure> O required(
      ServiceModel<?> model, String operation, Function<Call<I>, Guarded<O>> method, I input)
      throws FailedException {
    try {
      return call(model, operation, method, input);
    } catch (ServiceException refused) {
      throw failed(operation, refused);
    }
  }

  static FailedException failed(String operation, ServiceException refused) {
    return new FailedException(operation + ": " + refused.code() + ": " + refused.message());
  }

  private RequestContext context(ServiceModel<?> model, String operation) {
    return new RequestContext(
        randomness.uuid().toString(),
        clock.instant(),
        model.signingName(),
        operation,
        region,
        caller,
        LOOPBACK,
        AGENT,
        true);
  }
}
