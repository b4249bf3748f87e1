package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The process is killed while objects are put, put over, uploaded in parts and deleted: what is
 * listed is whole, what was answered is there, and no file is left that belongs to nothing.
 */
class S3CrashTest {

  private static final int KILLS = 8;
  private static final int CALLERS = 4;
  private static final int KEYS = 6;
  private static final int SEED = 20_261_125;
  private static final int PART = 5 << 20;
  private static final String BUCKET = "crash";
  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  /** The last text that was answered to be under a key; each caller has keys of its own. */
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  /** The text that was under way when the process died, which may be there as well. */
  private final Map<String, String> underWay = new ConcurrentHashMap<>();

  private static final String NOTHING = "";

  @TempDir Path folder;

  @Test
  void whatIsThereIsWhole() throws Exception {
    Random random = new Random(SEED);
    long puts = 0;
    for (int kill = 0; kill <= KILLS; kill++) {
      try (SekishoProcess process =
              SekishoProcess.start(folder.resolve("data"), "--dev", "--root-key", ROOT_KEY);
          S3Client s3 = S3Clients.of(process.address(), SekishoInstance.ROOT)) {
        if (kill == 0) {
          s3.createBucket(r -> r.bucket(BUCKET));
        }
        verify(s3);
        if (kill < KILLS) {
          puts += loadAndKill(process, 300 + random.nextInt(900), kill);
        }
      }
    }
    assertThat(puts).as("there was a load to lose").isGreaterThan(KILLS * 5L);
  }

  private void verify(S3Client s3) throws Exception {
    List<S3Object> objects = s3.listObjectsV2(r -> r.bucket(BUCKET)).contents();
    for (S3Object object : objects) {
      byte[] bytes = s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(object.key())).asByteArray();
      assertThat((long) bytes.length).isEqualTo(object.size());
      String text = digest(bytes);
      assertThat(text)
          .as("%s is one of what was put", object.key())
          .isIn(
              answered.getOrDefault(object.key(), NOTHING),
              underWay.getOrDefault(object.key(), NOTHING));
      answered.put(object.key(), text);
    }
    List<String> keys = objects.stream().map(S3Object::key).toList();
    answered.forEach((key, text) -> {
      if (!text.equals(NOTHING) && !keys.contains(key)) {
        assertThat(underWay).as("%s was being deleted", key).containsEntry(key, NOTHING);
        answered.put(key, NOTHING);
      }
    });
    underWay.clear();
    // Nothing else is on the disk than what is listed, and parts of uploads under way.
    long parts =
        s3.listMultipartUploads(r -> r.bucket(BUCKET)).uploads().stream()
            .mapToLong(upload ->
                s3.listParts(r -> r.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId()))
                    .parts()
                    .size())
            .sum();
    long pieces = objects.stream().mapToLong(object -> object.eTag().contains("-") ? 2 : 1).sum();
    assertThat(files()).isEqualTo(pieces + parts);
    s3.listMultipartUploads(r -> r.bucket(BUCKET))
        .uploads()
        .forEach(upload ->
            s3.abortMultipartUpload(
                r -> r.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId())));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("data").resolve("s3"))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private long loadAndKill(SekishoProcess process, int millis, int round)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(CALLERS);
    List<Thread> callers = new ArrayList<>();
    long[] done = new long[CALLERS];
    for (int caller = 0; caller < CALLERS; caller++) {
      int number = caller;
      callers.add(
          Thread.ofPlatform()
              .start(() -> {
                Random random = new Random(SEED + 31L * round + number);
                try (S3Client s3 = S3Clients.of(process.address(), SekishoInstance.ROOT)) {
                  begun.countDown();
                  while (process.isAlive()) {
                    live(s3, "caller" + number + "/" + random.nextInt(KEYS), random);
                    done[number]++;
                  }
                } catch (SdkException killed) {
                  // The process is gone, in the middle of whatever it was.
                }
              }));
    }
    begun.await();
    // Not a wait for anything: the moment of the kill is what is being varied.
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    process.kill();
    for (Thread caller : callers) {
      caller.join();
    }
    long sum = 0;
    for (long each : done) {
      sum += each;
    }
    return sum;
  }

  private void live(S3Client s3, String key, Random random) {
    int what = random.nextInt(10);
    if (what == 0) {
      underWay.put(key, NOTHING);
      s3.deleteObject(r -> r.bucket(BUCKET).key(key));
      answered.put(key, NOTHING);
    } else if (what == 1) {
      byte[] bytes = random(random, PART + random.nextInt(100_000));
      underWay.put(key, digest(bytes));
      inParts(s3, key, bytes);
      answered.put(key, digest(bytes));
    } else {
      byte[] bytes = random(random, random.nextInt(300_000));
      underWay.put(key, digest(bytes));
      s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
      answered.put(key, digest(bytes));
    }
  }

  private static void inParts(S3Client s3, String key, byte[] bytes) {
    String id = s3.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    String first =
        s3.uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(id).partNumber(1),
                RequestBody.fromBytes(Arrays.copyOfRange(bytes, 0, PART)))
            .eTag();
    String second =
        s3.uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(id).partNumber(2),
                RequestBody.fromBytes(Arrays.copyOfRange(bytes, PART, bytes.length)))
            .eTag();
    s3.completeMultipartUpload(r ->
        r.bucket(BUCKET)
            .key(key)
            .uploadId(id)
            .multipartUpload(
                m -> m.parts(p -> p.partNumber(1).eTag(first), p -> p.partNumber(2).eTag(second))));
  }

  private static byte[] random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
