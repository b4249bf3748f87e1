package dev.sekisho.contract;

import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import java.util.function.Function;

/**
 * Calls that one service makes of another because of a call that it serves itself.
 *
 * <p>INVARIANT: such a call passes every gate that a call from outside passes once its signature is
 * known to be good, and leaves its own event. It is never made inside a transaction.
 */
public interface InnerCalls {

  /**
   * Makes the call.
   *
   * @param model the service that is called
   * @param operation the method that serves the operation which the context names
   * @param context who calls and through whom; see {@link RequestContext#forwarded}
   * @throws ServiceException what a caller from outside would be answered with
   */
  <I extends Structure, O extends Structure> O call(
      ServiceModel<?> model,
      Function<Call<I>, Guarded<O>> operation,
      I input,
      RequestContext context);
}
