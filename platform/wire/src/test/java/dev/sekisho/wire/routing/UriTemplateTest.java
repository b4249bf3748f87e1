package dev.sekisho.wire.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of REST operations, matched on the path as sent. */
class UriTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "/|/||{}",
        "/a|/a||{}",
        "/a|/a/||{}",
        "/a|/b||none",
        "/a|/A||none",
        "/a|/a/b||none",
        "/a/b|/a||none",
        "/tags/{Arn}|/tags/arn%3Aaws%3Ax%2Fy||{Arn=arn%3Aaws%3Ax%2Fy}",
        "/tags/{Arn}|/tags/a/b||none",
        "/tags/{Arn}|/tags/||none",
        "/tags/{Arn}|/tags||none",
        "/{A}/x/{B}|/1/x/2||{A=1, B=2}",
        "/{A}/x/{B}|/1/y/2||none",
        "/{Bucket}/{Key+}|/b/k||{Bucket=b, Key=k}",
        "/{Bucket}/{Key+}|/b/k/l/m||{Bucket=b, Key=k/l/m}",
        "/{Bucket}/{Key+}|/b/k/||{Bucket=b, Key=k/}",
        "/{Bucket}/{Key+}|/b/k//l||{Bucket=b, Key=k//l}",
        "/{Bucket}/{Key+}|/b/||none",
        "/{Bucket}/{Key+}|/b||none",
        "/{Bucket}?acl|/b|acl|{Bucket=b}",
        "/{Bucket}?acl|/b|acl=|{Bucket=b}",
        "/{Bucket}?acl|/b|x=1&acl&y=2|{Bucket=b}",
        "/{Bucket}?acl|/b|acl=1|{Bucket=b}",
        "/{Bucket}?acl|/b|aclx|none",
        "/{Bucket}?acl|/b||none",
        "/{Bucket}?list-type=2|/b|list-type=2|{Bucket=b}",
        "/{Bucket}?list-type=2|/b|list-type=1|none",
        "/a?x&y=1|/a|y=1&x|{}",
        "/a?x&y=1|/a|y=1|none"
      })
  void matches(String template, String path, String query, String labels) {
    Map<String, String> found = match(template, path, query == null ? "" : query);

    assertThat(found == null ? null : found.toString()).isEqualTo(labels);
  }

  @Test
  void moreParticularTemplatesComeFirst() {
    List<String> ordered =
        Stream.of("/{Bucket}", "/{Bucket}/{Key+}", "/fixed", "/{Bucket}?acl", "/{B}?a&b", "/f/{x}")
            .map(each -> Map.entry(new UriTemplate(each), each))
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();

    assertThat(ordered).startsWith("/{B}?a&b", "/{Bucket}?acl");
    assertThat(ordered.indexOf("/fixed")).isLessThan(ordered.indexOf("/{Bucket}"));
    assertThat(ordered.indexOf("/f/{x}")).isLessThan(ordered.indexOf("/{Bucket}/{Key+}"));
    assertThat(new UriTemplate("/{A}/{B}")).isLessThan(new UriTemplate("/{A}/{B+}"));
    assertThat(new UriTemplate("/{A}/{B+}")).isGreaterThan(new UriTemplate("/{A}/{B}"));
  }

  @Test
  void labelsPutBackGiveTheSamePath() {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      List<String> template = new ArrayList<>();
      List<String> path = new ArrayList<>();
      Map<String, String> labels = new java.util.LinkedHashMap<>();
      int segments = random.nextInt(1, 6);
      for (int j = 0; j < segments; j++) {
        boolean greedy = j == segments - 1 && random.nextInt(4) == 0;
        String value = greedy ? segment(random) + "/" + segment(random) : segment(random);
        if (greedy || random.nextBoolean()) {
          template.add("{L" + j + (greedy ? "+}" : "}"));
          labels.put("L" + j, value);
        } else {
          template.add(value);
        }
        path.add(value);
      }

      assertThat(match("/" + String.join("/", template), "/" + String.join("/", path), ""))
          .isEqualTo(labels);
    }
  }

  private static Map<String, String> match(String template, String path, String query) {
    return new UriTemplate(template).match(UriTemplate.Address.of(path, query));
  }

  private static String segment(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      text.append("abcABC012-_.~%2F:".charAt(random.nextInt(17)));
    }
    return text.toString();
  }
}
