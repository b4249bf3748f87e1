package dev.sekisho.contract;

import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a service's API.
 *
 * @param name the API's name, for example {@code GetCallerIdentity}
 * @param http how it is addressed
 * @param resultWrapper the element around a query service's result, if the model names one
 * @param unsigned whether AWS takes the call without a signature
 * @param errors what the model says it may answer
 * @param invoker calls the method of the service's generated interface
 * @param <A> the service's generated interface
 */
public record Operation<A, I extends Structure, O extends Structure>(
    String name,
    HttpBinding http,
    StructureShape<I> input,
    StructureShape<O> output,
    @Nullable String resultWrapper,
    boolean unsigned,
    List<ErrorShape> errors,
    BiFunction<A, Call<I>, Guarded<O>> invoker) {

  /** The same operation, reached through the gate. */
  Operation<A, I, O> behind(Consumer<Call<?>> gate) {
    return new Operation<>(
        name,
        http,
        input,
        output,
        resultWrapper,
        unsigned,
        errors,
        (api, call) -> {
          gate.accept(call);
          return invoker.apply(api, call);
        });
  }
}
