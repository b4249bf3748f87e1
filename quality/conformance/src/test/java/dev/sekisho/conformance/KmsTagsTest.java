package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagException;

/** Tags and descriptions of keys through the real port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsTagsTest {

  private SekishoInstance sekisho;
  private KmsClient kms;
  private String key;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    kms.close();
    sekisho.close();
  }

  @BeforeEach
  void createKey() {
    key = kms.createKey(b -> b.tags(tag("tag1", "value1"))).keyMetadata().keyId();
  }

  @Test
  void tagsAreAddedChangedAndTakenAway() {
    tag(tag("tag3", "value3"), tag("tag2", "value2"));
    assertThat(tags())
        .containsExactly(tag("tag1", "value1"), tag("tag2", "value2"), tag("tag3", "value3"));

    tag(tag("tag2", "updated"), tag("tag4", ""));
    assertThat(tags())
        .containsExactly(
            tag("tag1", "value1"), tag("tag2", "updated"), tag("tag3", "value3"), tag("tag4", ""));

    kms.untagResource(b -> b.keyId(key).tagKeys("tag2", "tag4", "never-there"));
    assertThat(tags()).containsExactly(tag("tag1", "value1"), tag("tag3", "value3"));
    kms.untagResource(b -> b.keyId(key).tagKeys("tag1", "tag3"));
    assertThat(tags()).isEmpty();
  }

  @Test
  void tagKeysAreToldApartByCase() {
    tag(tag("TAG1", "other"));
    assertThat(tags()).containsExactly(tag("TAG1", "other"), tag("tag1", "value1"));
  }

  @Test
  void aKeyHasFiftyTagsAtMost() {
    tag(IntStream.range(0, 49).mapToObj(i -> tag("n" + i, "v")).toArray(Tag[]::new));
    assertThatThrownBy(() -> tag(tag("one-more", "v")))
        .isInstanceOf(TagException.class)
        .hasMessageContaining("Too many tags");
    tag(tag("n0", "changed"));

    ListResourceTagsResponse page = kms.listResourceTags(b -> b.keyId(key).limit(20));
    assertThat(page.tags()).hasSize(20);
    assertThat(page.truncated()).isTrue();
    assertThat(kms.listResourceTagsPaginator(b -> b.keyId(key).limit(7)).tags().stream().count())
        .isEqualTo(50);
  }

  @Test
  void aDescriptionCanBeChanged() {
    kms.updateKeyDescription(b -> b.keyId(key).description("new"));
    assertThat(kms.describeKey(b -> b.keyId(key)).keyMetadata().description()).isEqualTo("new");
    kms.updateKeyDescription(b -> b.keyId(key).description(""));
    assertThat(kms.describeKey(b -> b.keyId(key)).keyMetadata().description()).isEmpty();
  }

  @Test
  void aKeyThatIsToGoIsLeftAsItIs() {
    kms.scheduleKeyDeletion(b -> b.keyId(key));
    List<Runnable> calls =
        List.of(
            () -> tag(tag("a", "b")),
            () -> kms.untagResource(b -> b.keyId(key).tagKeys("tag1")),
            () -> kms.updateKeyDescription(b -> b.keyId(key).description("late")));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(KmsInvalidStateException.class)
                .hasMessageContaining("is pending deletion."));
    assertThat(tags()).containsExactly(tag("tag1", "value1"));
  }

  private void tag(Tag... tags) {
    kms.tagResource(b -> b.keyId(key).tags(tags));
  }

  private List<Tag> tags() {
    return kms.listResourceTags(b -> b.keyId(key)).tags();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }
}
