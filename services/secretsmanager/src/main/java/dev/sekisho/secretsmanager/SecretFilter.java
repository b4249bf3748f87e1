package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.Filter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a list is to have: secrets that every filter finds, by any of its values.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_search-secret.html">Find
 *     secrets</a>
 */
record SecretFilter(List<Filter> filters) {

  private static final Set<String> WITHOUT_TAGS =
      Set.of("name", "description", "primary-region", "owning-service");

  SecretFilter {
    filters = List.copyOf(filters);
    for (Filter filter : filters) {
      if (filter.key() == null || filter.values() == null || filter.values().isEmpty()) {
        throw SecretsManagerErrors.invalidParameter("A filter must have a key and values.");
      }
    }
  }

  static SecretFilter of(@Nullable List<Filter> filters) {
    return new SecretFilter(filters == null ? List.of() : filters);
  }

  /** Whether it looks at tags, which are kept apart from secrets. */
  boolean looksAtTags() {
    return filters.stream().anyMatch(filter -> !WITHOUT_TAGS.contains(filter.key()));
  }

  boolean finds(StoredSecret secret, Map<String, String> tags) {
    return filters.stream().allMatch(filter -> finds(filter, secret, tags));
  }

  private static boolean finds(Filter filter, StoredSecret secret, Map<String, String> tags) {
    String key = Objects.requireNonNull(filter.key());
    return Objects.requireNonNull(filter.values()).stream()
        .anyMatch(value -> {
          boolean not = value.startsWith("!");
          return not != has(key, not ? value.substring(1) : value, secret, tags);
        });
  }

  private static boolean has(
      String key, String value, StoredSecret secret, Map<String, String> tags) {
    String description = Objects.requireNonNullElse(secret.description(), "");
    return switch (key) {
      case "name" -> secret.name().startsWith(value);
      case "description" -> lower(description).startsWith(lower(value));
      case "tag-key" -> tags.keySet().stream().anyMatch(tag -> tag.startsWith(value));
      case "tag-value" -> tags.values().stream().anyMatch(tag -> tag.startsWith(value));
      case "primary-region" ->
          Objects.requireNonNullElse(secret.primaryRegion(), secret.region()).startsWith(value);
      // Only services own secrets so, and none of them makes any yet.
      case "owning-service" -> false;
      default -> anywhere(value, secret, description, tags);
    };
  }

  /** Whether each word is somewhere. */
  private static boolean anywhere(
      String value, StoredSecret secret, String description, Map<String, String> tags) {
    List<String> texts =
        Stream.of(
                Stream.of(secret.name(), description),
                tags.keySet().stream(),
                tags.values().stream())
            .flatMap(each -> each)
            .map(SecretFilter::lower)
            .toList();
    Predicate<String> found = word -> texts.stream().anyMatch(text -> text.contains(word));
    return Stream.of(lower(value).split("[ /_+=.@-]+"))
        .filter(word -> !word.isEmpty())
        .allMatch(found);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
