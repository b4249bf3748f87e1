package dev.sekisho.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of staging labels, whatever is done to them. */
class LabelsTest {

  private static final List<String> NAMES =
      List.of(Labels.CURRENT, Labels.PREVIOUS, Labels.PENDING, "blue", "green");

  @Test
  void theFirstVersionIsCurrentWhateverItIsCalled() {
    Labels labels = Labels.NONE.put("one", List.of("blue"));

    assertThat(labels.of("one")).containsExactly(Labels.CURRENT, "blue");
  }

  @Test
  void whatWasCurrentIsThePreviousOne() {
    Labels labels =
        Labels.NONE
            .put("one", List.of(Labels.CURRENT))
            .put("two", List.of(Labels.CURRENT))
            .put("three", List.of(Labels.CURRENT));

    assertThat(labels.of("one")).isEmpty();
    assertThat(labels.of("two")).containsExactly(Labels.PREVIOUS);
    assertThat(labels.of("three")).containsExactly(Labels.CURRENT);
  }

  @Test
  void atMostTwentyLabelsAreOnAVersion() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add("label" + i);
    }
    Labels labels = Labels.NONE.put("one", List.of(Labels.CURRENT));
    assertThat(labels.put("two", many).of("two")).hasSize(20);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> labels.put("one", many))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void oneVersionIsCurrentAndEachLabelIsOnOneWhateverHappens() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      Labels labels = Labels.NONE;
      for (int step = 0; step < 40; step++) {
        String version = "v" + random.nextInt(6);
        String label = NAMES.get(random.nextInt(NAMES.size()));
        Labels before = labels;
        if (random.nextInt(4) == 0 && !label.equals(Labels.CURRENT)) {
          labels = labels.without(label);
          assertThat(labels.version(label)).isNull();
        } else {
          labels = labels.put(version, List.of(label));
          assertThat(labels.of(version)).contains(label);
        }
        String current = labels.version(Labels.CURRENT);
        String was = before.version(Labels.CURRENT);
        if (was != null && !was.equals(current)) {
          assertThat(labels.version(Labels.PREVIOUS)).isEqualTo(was);
        }
        assertThat(current != null || labels.versions().isEmpty()).isTrue();
      }
    }
  }
}
