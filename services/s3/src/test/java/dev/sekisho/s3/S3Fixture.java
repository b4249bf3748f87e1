package dev.sekisho.s3;

import static java.util.Objects.requireNonNull;

import dev.sekisho.contract.s3.CreateBucketRequest;
import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.GetObjectResponse;
import dev.sekisho.contract.s3.PutBucketVersioningRequest;
import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.PutObjectResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.VersioningConfiguration;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.Database;
import dev.sekisho.store.SqliteDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** S3 on a database of its own, called past the wire; the policies are asked and say yes. */
final class S3Fixture implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("111122223333");
  static final AccountId STRANGER = new AccountId("444455556666");
  static final Principal ROOT = new Principal.Root(ACCOUNT);

  private final Random random = new Random(11);
  private final Path folder;
  private final SqliteDatabase database;
  private final Keyring keyring;
  private final List<AccessCheck> asked = new ArrayList<>();
  private final List<KeyService.Use> uses = new ArrayList<>();
  private Predicate<AccessCheck> denies = _ -> false;
  private final Authorizer authorizer =
      new Authorizer() {
        @Override
        protected void require(RequestContext context, AccessCheck check) {
          asked.add(check);
          if (denies.test(check)) {
            throw new ServiceException("AccessDenied", 403, "Access Denied");
          }
        }
      };
  private S3Service s3;
  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private Principal principal = ROOT;
  private String region = "us-east-1";

  S3Fixture(Path folder) {
    this.folder = folder;
    Randomness randomness = random::nextBytes;
    keyring = new Keyring(Map.of(1, Secret.of(randomness.bytes(32))), 1, randomness);
    database = SqliteDatabase.open(folder.resolve("s3.db"), List.of(S3Service.SCHEMA));
    s3 = start();
  }

  /** Another service on the same data, as after a crash. */
  void restart() {
    s3 = start();
  }

  private S3Service start() {
    return new S3Service(
        new S3Context(
            database,
            database.stamps(),
            keyring,
            new PageTokens(keyring),
            new Keys(),
            arn -> !arn.resource().contains("nobody"),
            authorizer,
            random::nextBytes,
            () -> now,
            folder.resolve("objects"),
            Runnable::run));
  }

  /** KMS by hand: keys are sealed by the keyring, bound to their context. */
  private final class Keys implements KeyService {

    private String purpose(Use use) {
      return "fake/" + new TreeMap<>(use.encryptionContext());
    }

    private String arn(Use use) {
      String key = use.keyId();
      if (key != null && key.contains("gone")) {
        throw new ServiceException("NotFoundException", 400, "Key '" + key + "' does not exist");
      }
      return key == null ? "arn:aws:kms:us-east-1:111122223333:key/usual" : key;
    }

    @Override
    public Sealed encrypt(Use use, Secret plaintext) {
      return new Sealed(Blob.of(keyring.seal(purpose(use), plaintext.reveal())), arn(use));
    }

    @Override
    public Opened decrypt(Use use, Blob ciphertext) {
      uses.add(use);
      return new Opened(Secret.of(keyring.open(purpose(use), ciphertext.bytes())), arn(use));
    }

    @Override
    public DataKey generateDataKey(Use use) {
      uses.add(use);
      String arn = arn(use);
      byte[] key = new byte[32];
      random.nextBytes(key);
      return new DataKey(Secret.of(key), Blob.of(keyring.seal(purpose(use), key)), arn);
    }
  }

  S3Api api() {
    return s3.api();
  }

  S3Service service() {
    return s3;
  }

  Database database() {
    return database;
  }

  /** What the policies were asked since the last look. */
  List<AccessCheck> asked() {
    List<AccessCheck> checks = List.copyOf(asked);
    asked.clear();
    return checks;
  }

  /** How KMS was used since the last look. */
  List<KeyService.Use> uses() {
    List<KeyService.Use> since = List.copyOf(uses);
    uses.clear();
    return since;
  }

  void deny(Predicate<AccessCheck> which) {
    denies = which;
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
            "s3",
            operation,
            region,
            new Caller(principal, "AKIAEXAMPLE", null),
            "127.0.0.1",
            null,
            false));
  }

  /** Leads a call through the gate and does what it asks for. */
  <I, O> O run(Function<Call<I>, Guarded<O>> operation, I input) {
    return run(operation, call(input));
  }

  <I, O> O run(Function<Call<I>, Guarded<O>> operation, Call<I> call) {
    Guarded<O> guarded = operation.apply(call);
    Outcome<O> outcome =
        guarded.operation().apply(authorizer.authorize(call.context(), guarded.access()));
    return switch (outcome) {
      case Outcome.Answer<O> answer -> answer.output();
      case Outcome.Change<O> change -> database.write(change.work());
    };
  }

  void bucket(String name) {
    run(api().buckets()::createBucket, CreateBucketRequest.builder().bucket(name).build());
  }

  void versioning(String bucket, String status) {
    run(
        api().bucketVersioning()::putBucketVersioning,
        PutBucketVersioningRequest.builder()
            .bucket(bucket)
            .versioningConfiguration(VersioningConfiguration.builder().status(status).build())
            .build());
  }

  PutObjectResponse put(String bucket, String key, String text) {
    return put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
  }

  PutObjectResponse put(String bucket, String key, byte[] bytes) {
    return run(
        api().objects()::putObject,
        PutObjectRequest.builder().bucket(bucket).key(key).body(Blob.of(bytes)).build());
  }

  String get(String bucket, String key) {
    return text(
        run(
            api().objects()::getObject,
            GetObjectRequest.builder().bucket(bucket).key(key).build()));
  }

  static String text(GetObjectResponse response) {
    return new String(bytes(response), StandardCharsets.UTF_8);
  }

  static byte[] bytes(GetObjectResponse response) {
    try (InputStream stream = requireNonNull(response.body()).open()) {
      return stream.readAllBytes();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException("reading failed", failed);
    }
  }

  /** How many files there are. */
  long files() {
    try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException("reading failed", failed);
    }
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
