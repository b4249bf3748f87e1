package dev.sekisho.kms;

import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.CreateKeyResponse;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventQuery;
import dev.sekisho.store.Database;
import dev.sekisho.store.SqliteDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** KMS on a database of its own, called past the wire; the policies are asked and say yes. */
final class KmsFixture implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("111122223333");
  static final AccountId STRANGER = new AccountId("444455556666");
  static final Principal ROOT = new Principal.Root(ACCOUNT);

  private final Random random = new Random(11);
  private final SqliteDatabase database;
  private final EventLog events;
  private final KmsService kms;
  private final List<byte[]> drawn = new ArrayList<>();
  private final List<AccessCheck> asked = new ArrayList<>();
  private final Authorizer authorizer =
      new Authorizer() {
        @Override
        protected void require(RequestContext context, AccessCheck check) {
          asked.add(check);
        }
      };
  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private Principal principal = ROOT;
  private String region = "us-east-1";

  KmsFixture(Path folder) {
    this(folder, null);
  }

  KmsFixture(Path folder, @Nullable RequestQuotas quotas) {
    Randomness randomness =
        bytes -> {
          random.nextBytes(bytes);
          drawn.add(bytes.clone());
        };
    Keyring keyring = new Keyring(Map.of(1, Secret.of(randomness.bytes(32))), 1, randomness);
    database =
        SqliteDatabase.open(folder.resolve("kms.db"), List.of(EventLog.SCHEMA, KmsService.SCHEMA));
    events = new EventLog(database);
    kms =
        new KmsService(
            database,
            database.stamps(),
            events,
            keyring,
            randomness,
            arn -> !arn.resource().contains("nobody"),
            quotas);
  }

  /** The records of the events of the name, newest first. */
  List<String> records(String name) {
    return events
        .find(
            new EventQuery(
                ACCOUNT.value(),
                "us-east-1",
                EventCategory.MANAGEMENT,
                null,
                null,
                EventQuery.Attribute.EVENT_NAME,
                name,
                null,
                50))
        .stream()
        .map(each -> new String(each.event().record().bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  KmsService kms() {
    return kms;
  }

  Database database() {
    return database;
  }

  /** What the policies were asked since the last look, and nothing after this. */
  List<AccessCheck> asked() {
    List<AccessCheck> checks = List.copyOf(asked);
    asked.clear();
    return checks;
  }

  /** Every array of random bytes that was drawn: keys among them. */
  List<byte[]> drawn() {
    return drawn;
  }

  /** Lets go of what was asked and drawn so far. */
  void forget() {
    asked.clear();
    drawn.clear();
  }

  Instant now() {
    return now;
  }

  void advance(Duration amount) {
    now = now.plus(amount);
  }

  void as(Principal caller) {
    principal = caller;
  }

  void in(String name) {
    region = name;
  }

  <I> Call<I> call(I input) {
    String operation = input.getClass().getSimpleName().replaceAll("Request$", "");
    return new Call<>(
        input,
        new RequestContext(
            "request",
            now,
            "kms",
            operation,
            region,
            new Caller(principal, "AKIAEXAMPLE", null),
            "127.0.0.1",
            null,
            false));
  }

  /** Leads a call through the gate and does what it asks for. */
  <I, O> O run(Function<Call<I>, Guarded<O>> operation, I input) {
    Call<I> call = call(input);
    Guarded<O> guarded = operation.apply(call);
    Outcome<O> outcome =
        guarded.operation().apply(authorizer.authorize(call.context(), guarded.access()));
    return switch (outcome) {
      case Outcome.Answer<O> answer -> answer.output();
      case Outcome.Change<O> change -> database.write(change.work());
    };
  }

  KeyMetadata create() {
    return create(CreateKeyRequest.builder().build());
  }

  KeyMetadata create(CreateKeyRequest request) {
    CreateKeyResponse response = run(kms::createKey, request);
    return java.util.Objects.requireNonNull(response.keyMetadata());
  }

  long rows(String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
  }
}
