package dev.sekisho.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.iam.CreateUserRequest;
import dev.sekisho.contract.iam.CreateUserResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.iam.PutUserPolicyRequest;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.CreateKeyResponse;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.crypto.SealedMessages;
import dev.sekisho.crypto.keyring.OpenKeyring;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventQuery;
import dev.sekisho.iam.AccessHistory;
import dev.sekisho.iam.IamContext;
import dev.sekisho.iam.IamDirectory;
import dev.sekisho.iam.IamPrincipals;
import dev.sekisho.iam.IamService;
import dev.sekisho.iam.IssuerServers;
import dev.sekisho.iam.PolicyAuthorizer;
import dev.sekisho.iam.UniqueIds;
import dev.sekisho.kms.KmsService;
import dev.sekisho.store.SqliteDatabase;
import dev.sekisho.wire.GatedInnerCalls;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.audit.StoreLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * IAM and KMS behind their real gates, past the wire, with two accounts and a service that uses
 * keys on behalf of their users.
 */
final class TwoAccounts implements AutoCloseable {

  static final AccountId OURS = new AccountId("111122223333");
  static final AccountId THEIRS = new AccountId("444455556666");
  static final String SERVICE = "secretsmanager";

  private static final String REGION = "us-east-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqliteDatabase database;
  private final IamApi iam;
  private final KmsService kms;
  private final KeyService keys;
  private final GatedInnerCalls calls;
  private final EventLog events;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  TwoAccounts(Path folder) {
    Randomness randomness = Randomness.system();
    database =
        SqliteDatabase.open(
            folder.resolve("accounts.db"),
            List.of(EventLog.SCHEMA, IamPrincipals.SCHEMA, KmsService.SCHEMA));
    Keyring keyring = OpenKeyring.fresh(randomness, now).inUse(randomness, now);
    events = new EventLog(database);
    iam =
        IamService.on(
            new IamContext(
                database,
                database.stamps(),
                keyring,
                new PageTokens(keyring),
                new UniqueIds(randomness),
                new AccessHistory(database),
                () -> now),
            IssuerServers.NONE,
            OrganizationDirectory.NONE,
            id -> "https://issuer.example/" + id);
    kms =
        new KmsService(
            database,
            database.stamps(),
            events,
            keyring,
            randomness,
            new IamDirectory(database),
            null);
    calls =
        new GatedInnerCalls(
            ServiceRules.USUAL,
            new PolicyAuthorizer(
                database,
                database.stamps(),
                OrganizationDirectory.NONE,
                new SealedMessages(keyring)),
            new StoreLedger(database, events),
            randomness,
            OURS);
    keys = kms.keyService(calls, randomness);
  }

  KmsService kms() {
    return kms;
  }

  /** KMS as the service reaches it. */
  KeyService keys() {
    return keys;
  }

  static Principal root(AccountId account) {
    return new Principal.Root(account);
  }

  /** A new user of the account, with leave for these actions on whatever resource. */
  Principal.User user(AccountId account, String name, String... actions) {
    CreateUserResponse made =
        iam(
            root(account),
            "CreateUser",
            iam.users()::createUser,
            CreateUserRequest.builder().userName(name).build());
    if (actions.length > 0) {
      iam(
          root(account),
          "PutUserPolicy",
          iam.inlinePolicies()::putUserPolicy,
          PutUserPolicyRequest.builder()
              .userName(name)
              .policyName("leave")
              .policyDocument(
                  "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\""
                      + String.join("\",\"", actions)
                      + "\"],\"Resource\":\"*\"}}")
              .build());
    }
    return new Principal.User(account, "/", name, Objects.requireNonNull(made.user()).userId());
  }

  private <I extends Structure, O extends Structure> O iam(
      Principal caller, String operation, Function<Call<I>, Guarded<O>> method, I input) {
    return calls.call(
        IamModel.SERVICE, method, input, context(caller, "iam", operation, new Origin.Direct()));
  }

  /** Calls KMS as the principal itself. */
  <I extends Structure, O extends Structure> O call(
      Principal caller, Function<Call<I>, Guarded<O>> method, I input) {
    return call(caller, new Origin.Direct(), method, input);
  }

  /** Calls KMS as the principal, or as a service sends it. */
  <I extends Structure, O extends Structure> O call(
      Principal caller, Origin origin, Function<Call<I>, Guarded<O>> method, I input) {
    String operation = input.getClass().getSimpleName().replaceAll("Request$", "");
    return calls.call(KmsModel.SERVICE, method, input, context(caller, "kms", operation, origin));
  }

  /** The service's call that the principal made, because of which the service uses a key. */
  KeyService.Use use(Principal caller, @Nullable String keyId, Map<String, String> context) {
    return new KeyService.Use(
        context(caller, SERVICE, "GetSecretValue", new Origin.Direct()), SERVICE, keyId, context);
  }

  private RequestContext context(
      Principal caller, String service, String operation, Origin origin) {
    return new RequestContext(
        "request-" + operation,
        now,
        service,
        operation,
        REGION,
        new Caller(caller, "AKIAEXAMPLE", null),
        "198.51.100.7",
        "a client",
        true,
        origin);
  }

  /** A key of ours with the policy, or with the default one. */
  KeyMetadata key(@Nullable String policy) {
    CreateKeyResponse made =
        call(root(OURS), kms::createKey, CreateKeyRequest.builder().policy(policy).build());
    return Objects.requireNonNull(made.keyMetadata());
  }

  void advance(Duration amount) {
    now = now.plus(amount);
  }

  Instant now() {
    return now;
  }

  /** The records of the account's KMS events of the name, newest first. */
  List<JsonNode> records(AccountId account, String name) {
    return events
        .find(
            new EventQuery(
                account.value(),
                REGION,
                EventCategory.MANAGEMENT,
                null,
                null,
                EventQuery.Attribute.EVENT_NAME,
                name,
                null,
                50))
        .stream()
        .map(each -> each.event().record().bytes())
        .map(TwoAccounts::read)
        .toList();
  }

  private static JsonNode read(byte[] record) {
    try {
      return JSON.readTree(record);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
