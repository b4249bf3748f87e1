package dev.sekisho.bench;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Caller;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.SealedMessages;
import dev.sekisho.iam.IamPrincipals;
import dev.sekisho.iam.PolicyAuthorizer;
import dev.sekisho.store.SqliteDatabase;
import dev.sekisho.store.StoreTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A decision with everything around it, in an account with few users and in a crowded one. */
@State(Scope.Benchmark)
public class AuthorizerBenchmark {

  private static final AccountId ACCOUNT = new AccountId("000000000001");
  private static final int POLICIES_PER_USER = 5;
  private static final int STATEMENTS = 10;

  /**
   * How many users call, of how many there are; a crowded account has 2,000 policies for its
   * 10,000. Ten callers among ten thousand tell what a large table costs from what memory costs
   * that no cache of the processor holds.
   */
  @Param({"10 of 10", "10 of 10000", "10000 of 10000"})
  public String callersOfUsers;

  private int calling;
  private int users;

  private Path folder;
  private SqliteDatabase database;
  private PolicyAuthorizer authorizer;
  private RequestContext[] callers;
  private int next;

  @Setup(Level.Trial)
  public void fill() throws IOException {
    String[] counts = callersOfUsers.split(" of ");
    calling = Integer.parseInt(counts[0]);
    users = Integer.parseInt(counts[1]);
    folder = Files.createTempDirectory("sekisho-bench");
    database = SqliteDatabase.open(folder.resolve("bench.db"), List.of(IamPrincipals.SCHEMA));
    authorizer =
        new PolicyAuthorizer(
            database,
            database.stamps(),
            OrganizationDirectory.NONE,
            new SealedMessages(
                new Keyring(Map.of(1, Secret.of(new byte[32])), 1, Randomness.system())));
    int policies = Math.max(POLICIES_PER_USER, users / 5);
    callers = new RequestContext[users];
    database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      for (int i = 0; i < policies; i++) {
        policy(handle, i);
      }
      for (int i = 0; i < users; i++) {
        user(handle, i, policies);
      }
      return null;
    });
    // Every caller's policies are compiled once, as they are in a server that has been up a while.
    for (RequestContext caller : callers) {
      authorizer.authorize(caller, access());
    }
  }

  private static void policy(Handle handle, int i) {
    StringBuilder document = new StringBuilder("{\"Version\":\"2012-10-17\",\"Statement\":[");
    for (int statement = 0; statement < STATEMENTS; statement++) {
      document
          .append(statement == 0 ? "" : ",")
          .append("{\"Effect\":\"Allow\",\"Action\":[\"s3:Get")
          .append(statement == STATEMENTS - 1 ? "Object" : "Bucket" + statement + "*")
          .append("\"],\"Resource\":\"arn:aws:s3:::bucket-*/*\"}");
    }
    String id = "ANPA" + i;
    handle.execute(
        "insert into iam_policy (id, arn, account, folded_name, name, path, default_version,"
            + " latest_version, created_at, updated_at) values (?, ?, ?, ?, ?, '/', 1, 1, 0, 0)",
        id,
        arn(i),
        ACCOUNT.value(),
        "policy" + i,
        "policy" + i);
    handle.execute(
        "insert into iam_policy_version (policy_id, version, document, created_at)"
            + " values (?, 1, ?, 0)",
        id,
        document.append("]}").toString());
  }

  private void user(Handle handle, int i, int policies) {
    String id = "AIDA" + i;
    handle.execute(
        "insert into iam_user (id, account, folded_name, name, path, created_at)"
            + " values (?, ?, ?, ?, '/', 0)",
        id,
        ACCOUNT.value(),
        "user" + i,
        "user" + i);
    for (int each = 0; each < POLICIES_PER_USER; each++) {
      handle.execute(
          "insert into iam_attached_policy (owner_id, policy_arn, attached_at) values (?, ?, 0)",
          id,
          arn((i + each) % policies));
    }
    callers[i] =
        new RequestContext(
            "request",
            Instant.EPOCH,
            "s3",
            "GetObject",
            "us-east-1",
            new Caller(new Principal.User(ACCOUNT, "/", "user" + i, id), "AKIAEXAMPLE", null),
            "127.0.0.1",
            null,
            false);
  }

  private static String arn(int i) {
    return "arn:aws:iam::" + ACCOUNT.value() + ":policy/policy" + i;
  }

  private static Access access() {
    return Access.of(
        AccessCheck.of("s3:GetObject", "arn:aws:s3:::bucket-one/key").ownedBy(ACCOUNT, null));
  }

  @Benchmark
  public Authorized authorize() {
    next = (next + 1) % calling;
    return authorizer.authorize(callers[next], access());
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    database.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
