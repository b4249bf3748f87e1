package dev.sekisho.wire.probe;

import dev.sekisho.contract.HttpBinding;
import dev.sekisho.contract.Member;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.Range;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * The service of the tests: it answers what it was given, and remembers what it was told to keep.
 */
public final class Probe {

  public static final Shape TEXT =
      new Shape.StringShape("Text", Range.of(1L, 64L), null, List.of(), false);
  public static final Shape ANY = new Shape.StringShape("Any", Range.NONE, null, List.of(), false);

  public static final StructureShape<Values> TAG =
      Values.shape(
          "Tag",
          Member.of("Key", () -> TEXT).required().build(),
          Member.of("Value", () -> ANY).build());
  private static final Shape TAGS =
      new Shape.ListShape("Tags", () -> TAG, "member", false, Range.of(null, 50L));
  private static final Shape ATTRIBUTES =
      new Shape.MapShape("Attributes", () -> ANY, () -> ANY, "key", "value", false, Range.NONE);

  /** Recursive by its member Child. */
  public static final StructureShape<Values> ECHO = echo();

  public static final StructureShape<Values> EMPTY = Values.shape("Empty");

  /** What Put has kept. */
  public final List<String> kept = Collections.synchronizedList(new ArrayList<>());

  /** Counted down when a call of Wait is under way. */
  public final CountDownLatch waiting = new CountDownLatch(1);

  /** Lets the calls of Wait go on. */
  public final CountDownLatch release = new CountDownLatch(1);

  private static StructureShape<Values> echo() {
    return Values.shape(
        "Echo",
        Member.of("Text", () -> TEXT).build(),
        Member.of("Number", () -> new Shape.IntegerShape("Number", Range.of(0L, 100L))).build(),
        Member.of("Flag", () -> new Shape.BooleanShape("Flag")).build(),
        Member.of("Tags", () -> TAGS).build(),
        Member.of("Attributes", () -> ATTRIBUTES).build(),
        Member.of("Data", () -> new Shape.BlobShape("Data", Range.NONE, false, false)).build(),
        Member.of("Child", () -> ECHO).build());
  }

  Guarded<Values> echo(Call<Values> call) {
    return Guarded.by(AccessCheck.of("probe:Echo", "*"), _ -> Outcome.answer(call.input()));
  }

  Guarded<Values> put(Call<Values> call) {
    return Guarded.by(
        AccessCheck.of("probe:Put", "*"),
        _ ->
            Outcome.change(_ -> {
              kept.add(String.valueOf(call.input().get("Text")));
              return EMPTY.make(new Object[0]);
            }));
  }

  Guarded<Values> await(Call<Values> call) {
    return Guarded.by(
        AccessCheck.of("probe:Wait", "*"),
        _ -> {
          waiting.countDown();
          try {
            if (!release.await(30, TimeUnit.SECONDS)) {
              throw new IllegalStateException("nobody let the call go on");
            }
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
          return Outcome.answer(call.input());
        });
  }

  Guarded<Values> crash(Call<Values> call) {
    throw new IllegalStateException("internal detail of " + call.context().operation());
  }

  Guarded<Values> open(Call<Values> call) {
    return Guarded.by(new Access.Open("the tests need one"), _ -> Outcome.answer(call.input()));
  }

  /** The probe as a service of the protocol; its names begin with the prefix. */
  public static ServiceModel<Probe> model(Protocol protocol, String name) {
    return new ServiceModel<>(
        name,
        name,
        name,
        "2026-01-01-" + name,
        protocol,
        isJson(protocol) ? "com.example." + name : null,
        isXml(protocol) ? "https://example.com/doc/2026-01-01/" : null,
        name + ".amazonaws.com",
        false,
        Map.of(
            "Echo", operation("Echo", ECHO, ECHO, false, Probe::echo),
            "Put", operation("Put", ECHO, EMPTY, false, Probe::put),
            "Wait", operation("Wait", ECHO, ECHO, false, Probe::await),
            "Crash", operation("Crash", ECHO, ECHO, false, Probe::crash),
            "Open", operation("Open", ECHO, ECHO, true, Probe::open)),
        Map.of("Absent", new HttpBinding("POST", "/absent/{Name}", 200)));
  }

  private static Operation<Probe, Values, Values> operation(
      String name,
      StructureShape<Values> input,
      StructureShape<Values> output,
      boolean unsigned,
      BiFunction<Probe, Call<Values>, Guarded<Values>> invoker) {
    return new Operation<>(
        name,
        new HttpBinding("POST", "/" + name.toLowerCase(java.util.Locale.ROOT), 200),
        input,
        output,
        name + "Result",
        unsigned,
        List.of(),
        invoker);
  }

  private static boolean isJson(Protocol protocol) {
    return protocol == Protocol.AWS_JSON_1_0 || protocol == Protocol.AWS_JSON_1_1;
  }

  private static boolean isXml(Protocol protocol) {
    return protocol == Protocol.QUERY || protocol == Protocol.REST_XML;
  }
}
