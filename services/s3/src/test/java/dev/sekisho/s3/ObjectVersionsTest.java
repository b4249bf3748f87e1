package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.s3.DeleteBucketRequest;
import dev.sekisho.contract.s3.DeleteMarkerEntry;
import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.DeleteObjectResponse;
import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.ListObjectVersionsRequest;
import dev.sekisho.contract.s3.ListObjectVersionsResponse;
import dev.sekisho.contract.s3.ListObjectsV2Request;
import dev.sekisho.contract.s3.ListObjectsV2Response;
import dev.sekisho.contract.s3.S3Object;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions are kept, hidden and removed as the bucket's versioning says. */
class ObjectVersionsTest {

  private S3Fixture s3;

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.bucket("bucket");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void versionsStayAndMarkersHide() {
    s3.versioning("bucket", "Enabled");
    String first = requireNonNull(s3.put("bucket", "key", "one").versionId());
    String second = requireNonNull(s3.put("bucket", "key", "two").versionId());
    assertThat(first).hasSize(32).isNotEqualTo(second);
    assertThat(s3.get("bucket", "key")).isEqualTo("two");
    assertThat(get("key", first)).isEqualTo("one");

    DeleteObjectResponse hidden = delete("key", null);
    assertThat(hidden.deleteMarker()).isTrue();
    refused("NoSuchKey", 404, () -> s3.get("bucket", "key"));
    refused("MethodNotAllowed", 405, () -> get("key", requireNonNull(hidden.versionId())));
    assertThat(get("key", second)).isEqualTo("two");
    assertThat(keys()).isEmpty();

    DeleteObjectResponse shown = delete("key", hidden.versionId());
    assertThat(shown.deleteMarker()).isTrue();
    assertThat(s3.get("bucket", "key")).isEqualTo("two");
    assertThat(delete("key", second).deleteMarker()).isNull();
    assertThat(s3.get("bucket", "key")).isEqualTo("one");
    refused("NoSuchVersion", 404, () -> get("key", second));
    refused(
        "BucketNotEmpty",
        409,
        () ->
            s3.run(
                s3.api().buckets()::deleteBucket,
                DeleteBucketRequest.builder().bucket("bucket").build()));
    delete("key", first);
    s3.run(
        s3.api().buckets()::deleteBucket, DeleteBucketRequest.builder().bucket("bucket").build());
    assertThat(s3.files()).isZero();
  }

  @Test
  void suspendedVersioningHasOneNullVersion() {
    s3.put("bucket", "key", "before");
    s3.versioning("bucket", "Enabled");
    String kept = requireNonNull(s3.put("bucket", "key", "kept").versionId());
    assertThat(get("key", "null")).isEqualTo("before");
    s3.versioning("bucket", "Suspended");
    assertThat(s3.put("bucket", "key", "after").versionId()).isEqualTo("null");
    assertThat(get("key", "null")).isEqualTo("after");
    assertThat(get("key", kept)).isEqualTo("kept");
    assertThat(versions()).containsExactly("key null*", "key " + kept);
    delete("key", null);
    assertThat(versions()).containsExactly("key marker null*", "key " + kept);
    delete("key", "null");
    assertThat(s3.get("bucket", "key")).isEqualTo("kept");
    assertThat(s3.files()).isEqualTo(1);
  }

  /** What a bucket is, by the book: for each key its versions, newest first. */
  private record Model(Map<String, List<String[]>> keys) {
    List<String> listed() {
      List<String> lines = new ArrayList<>();
      keys.forEach((key, versions) -> {
        for (int i = 0; i < versions.size(); i++) {
          String[] version = versions.get(i);
          lines.add(
              key
                  + ' '
                  + (version[1].isEmpty() ? "marker " : "")
                  + version[0]
                  + (i == 0 ? "*" : ""));
        }
      });
      return lines;
    }

    List<String> current() {
      return keys.entrySet().stream()
          .filter(entry -> !entry.getValue().isEmpty() && !entry.getValue().getFirst()[1].isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  @Test
  void anySequenceOfWritesAndDeletionsEndsByTheBook() {
    Random random = new Random(5);
    String state = "";
    Model model = new Model(new TreeMap<>());
    for (int step = 0; step < 400; step++) {
      String key = "k" + random.nextInt(4);
      List<String[]> versions = model.keys().computeIfAbsent(key, _ -> new ArrayList<>());
      switch (random.nextInt(8)) {
        case 0 -> {
          if (random.nextInt(4) == 0) {
            state = random.nextBoolean() ? "Enabled" : "Suspended";
            s3.versioning("bucket", state);
          }
        }
        case 1, 2 -> {
          @Nullable String id = delete(key, null).versionId();
          if (state.isEmpty()) {
            versions.clear();
          } else {
            replaceNull(versions, state);
            versions.addFirst(new String[] {requireNonNull(id), ""});
          }
        }
        case 3, 4 -> {
          if (!versions.isEmpty()) {
            String[] version = versions.remove(random.nextInt(versions.size()));
            delete(key, version[0]);
          }
        }
        default -> {
          String text = "text " + step;
          String id = requireNonNullElse(s3.put("bucket", key, text).versionId(), "null");
          replaceNull(versions, state);
          versions.addFirst(new String[] {id, text});
        }
      }
      model.keys().values().removeIf(List::isEmpty);
      if (step % 20 == 0) {
        assertThat(versions()).as("step %s", step).isEqualTo(model.listed());
        assertThat(keys()).as("step %s", step).isEqualTo(model.current());
      }
    }
    model
        .keys()
        .forEach((key, versions) ->
            versions.stream()
                .filter(version -> !version[1].isEmpty())
                .forEach(version -> assertThat(get(key, version[0])).isEqualTo(version[1])));
    long objects =
        model.keys().values().stream()
            .flatMap(List::stream)
            .filter(version -> !version[1].isEmpty())
            .count();
    assertThat(s3.files()).isEqualTo(objects);
    assertThat(s3.rows("s3_content")).isEqualTo(objects);
    s3.restart();
    assertThat(s3.files()).isEqualTo(objects);
  }

  private static void replaceNull(List<String[]> versions, String state) {
    if (!state.equals("Enabled")) {
      versions.removeIf(version -> version[0].equals("null"));
    }
  }

  @Test
  void listingsGoOnInAnyPagesEvenWhileWhatWasListedIsDeleted() {
    s3.versioning("bucket", "Enabled");
    for (int i = 0; i < 5; i++) {
      for (String key : List.of("a", "b/1", "b/2", "c")) {
        s3.put("bucket", key, "text " + i);
      }
    }
    List<String> all = versions();
    assertThat(all).hasSize(20);
    for (int most = 1; most < 8; most++) {
      assertThat(pages(most, false)).as("%s a page", most).isEqualTo(all);
    }
    assertThat(pages(3, true)).isEqualTo(all);
    assertThat(versions()).isEmpty();
    assertThat(s3.files()).isZero();
  }

  private List<String> pages(int most, boolean deletes) {
    List<String> lines = new ArrayList<>();
    String key = null;
    String version = null;
    while (true) {
      ListObjectVersionsResponse page =
          s3.run(
              s3.api().objectLists()::listObjectVersions,
              ListObjectVersionsRequest.builder()
                  .bucket("bucket")
                  .maxKeys(most)
                  .keyMarker(key)
                  .versionIdMarker(version)
                  .build());
      for (var each :
          requireNonNullElse(page.versions(), List.<dev.sekisho.contract.s3.ObjectVersion>of())) {
        lines.add(each.key() + ' ' + each.versionId() + (isLatest(lines, each.key()) ? "*" : ""));
        if (deletes) {
          delete(requireNonNull(each.key()), each.versionId());
        }
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return lines;
      }
      key = page.nextKeyMarker();
      version = page.nextVersionIdMarker();
    }
  }

  private static boolean isLatest(List<String> lines, @Nullable String key) {
    return lines.stream().noneMatch(line -> line.startsWith(key + " "));
  }

  @Test
  void currentObjectsAreListedInPagesWithPrefixes() {
    for (String key : List.of("a", "b/1", "b/2", "c/1", "c/x/1", "d")) {
      s3.put("bucket", key, key);
    }
    Map<String, String> found = new LinkedHashMap<>();
    String token = null;
    do {
      ListObjectsV2Response page =
          s3.run(
              s3.api().objectLists()::listObjectsV2,
              ListObjectsV2Request.builder()
                  .bucket("bucket")
                  .delimiter("/")
                  .maxKeys(1)
                  .continuationToken(token)
                  .build());
      assertThat(page.keyCount()).isEqualTo(1);
      requireNonNullElse(page.contents(), List.<S3Object>of())
          .forEach(object -> found.put(requireNonNull(object.key()), "key"));
      if (page.commonPrefixes() != null) {
        page.commonPrefixes()
            .forEach(prefix -> found.put(requireNonNull(prefix.prefix()), "prefix"));
      }
      token = page.nextContinuationToken();
    } while (token != null);
    assertThat(found)
        .containsExactly(
            Map.entry("a", "key"),
            Map.entry("b/", "prefix"),
            Map.entry("c/", "prefix"),
            Map.entry("d", "key"));
    refused(
        "InvalidArgument",
        400,
        () ->
            s3.run(
                s3.api().objectLists()::listObjectsV2,
                ListObjectsV2Request.builder().bucket("bucket").continuationToken("x").build()));
    ListObjectsV2Response under =
        s3.run(
            s3.api().objectLists()::listObjectsV2,
            ListObjectsV2Request.builder()
                .bucket("bucket")
                .prefix("c/")
                .delimiter("/")
                .startAfter("c/1")
                .build());
    assertThat(under.contents()).isNull();
    assertThat(requireNonNull(under.commonPrefixes()))
        .singleElement()
        .satisfies(prefix -> assertThat(prefix.prefix()).isEqualTo("c/x/"));
  }

  private List<String> keys() {
    return requireNonNullElse(
            s3.run(
                    s3.api().objectLists()::listObjectsV2,
                    ListObjectsV2Request.builder().bucket("bucket").build())
                .contents(),
            List.<S3Object>of())
        .stream()
        .map(object -> requireNonNull(object.key()))
        .toList();
  }

  /** Every version, as the listing orders versions and markers together. */
  private List<String> versions() {
    ListObjectVersionsResponse listed =
        s3.run(
            s3.api().objectLists()::listObjectVersions,
            ListObjectVersionsRequest.builder().bucket("bucket").build());
    record Line(String key, long age, String text) {}
    List<Line> lines = new ArrayList<>();
    for (var each :
        requireNonNullElse(listed.versions(), List.<dev.sekisho.contract.s3.ObjectVersion>of())) {
      lines.add(
          new Line(
              requireNonNull(each.key()),
              age(each.key(), each.versionId()),
              each.key() + " " + each.versionId() + latest(each.isLatest())));
    }
    for (DeleteMarkerEntry each :
        requireNonNullElse(listed.deleteMarkers(), List.<DeleteMarkerEntry>of())) {
      lines.add(
          new Line(
              requireNonNull(each.key()),
              age(each.key(), each.versionId()),
              each.key() + " marker " + each.versionId() + latest(each.isLatest())));
    }
    return lines.stream()
        .sorted(java.util.Comparator.comparing(Line::key).thenComparingLong(Line::age))
        .map(Line::text)
        .toList();
  }

  private static String latest(@Nullable Boolean latest) {
    return Boolean.TRUE.equals(latest) ? "*" : "";
  }

  private long age(@Nullable String key, @Nullable String version) {
    return s3.database()
        .read(handle ->
            new VersionStore()
                .find(handle, "bucket", requireNonNull(key), requireNonNull(version))
                .orElseThrow()
                .age());
  }

  private String get(String key, String version) {
    return S3Fixture.text(
        s3.run(
            s3.api().objects()::getObject,
            GetObjectRequest.builder().bucket("bucket").key(key).versionId(version).build()));
  }

  private DeleteObjectResponse delete(String key, @Nullable String version) {
    return s3.run(
        s3.api().objects()::deleteObject,
        DeleteObjectRequest.builder().bucket("bucket").key(key).versionId(version).build());
  }
}
