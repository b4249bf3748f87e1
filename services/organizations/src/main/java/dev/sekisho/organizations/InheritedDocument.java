package dev.sekisho.organizations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Policies whose documents are merged down the tree: tag policies and their like.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html">Inheritance
 *     operators</a>
 */
final class InheritedDocument {

  static final String ASSIGN = "@@assign";
  static final String APPEND = "@@append";
  static final String REMOVE = "@@remove";
  static final String ALLOWED = "@@operators_allowed_for_child_policies";

  private static final Set<String> VALUES = Set.of(ASSIGN, APPEND, REMOVE);
  private static final Set<String> PERMISSIONS = Set.of(ASSIGN, APPEND, REMOVE, "@@all", "@@none");
  private static final Set<String> TAG_SETTINGS =
      Set.of("tag_key", "tag_value", "enforced_for", "report_required_tag_for");
  private static final int DEPTH = 32;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private InheritedDocument() {}

  /**
   * Reads a document.
   *
   * @throws dev.sekisho.core.ServiceException MalformedPolicyDocumentException
   */
  static JsonNode parse(PolicyType type, String content) {
    JsonNode document;
    try {
      document = JSON.readTree(content);
    } catch (JsonProcessingException notJson) {
      throw OrganizationsErrors.malformedPolicy();
    }
    if (!document.isObject() || document.isEmpty() || !isSound(document, 0)) {
      throw OrganizationsErrors.malformedPolicy();
    }
    if (type == PolicyType.TAG_POLICY && !isTagPolicy(document)) {
      throw OrganizationsErrors.malformedPolicy();
    }
    return document;
  }

  /**
   * What the documents come to.
   *
   * @param levels the documents by level, from the root to the account
   */
  static String merge(PolicyType type, List<List<String>> levels) {
    InheritedSetting merged = new InheritedSetting();
    for (List<String> level : levels) {
      // Those of one level are each other's equals: none is held by what another forbids.
      level.forEach(content -> merged.apply(parse(type, content)));
      merged.endLevel();
    }
    return merged.json().map(JsonNode::toString).orElse("{}");
  }

  private static boolean isTagPolicy(JsonNode document) {
    JsonNode tags = document.get("tags");
    if (document.size() != 1 || tags == null || !tags.isObject()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> tag : tags.properties()) {
      if (!tag.getKey().startsWith("@@")
          && !(tag.getValue().isObject() && isTag((ObjectNode) tag.getValue()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTag(ObjectNode tag) {
    Set<String> settings = new TreeSet<>();
    tag.fieldNames().forEachRemaining(settings::add);
    settings.removeIf(name -> name.equals(ALLOWED));
    return TAG_SETTINGS.containsAll(settings);
  }

  /** Whether every operator is one, and has what such an operator takes. */
  private static boolean isSound(JsonNode node, int depth) {
    if (depth > DEPTH) {
      return false;
    }
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      String name = each.getKey();
      JsonNode value = each.getValue();
      boolean sound =
          name.equals(ALLOWED)
              ? isPermissions(value)
              : name.startsWith("@@")
                  ? VALUES.contains(name) && isValue(value)
                  : value.isObject() && isSound(value, depth + 1);
      if (!sound) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPermissions(JsonNode value) {
    if (!value.isArray()) {
      return false;
    }
    for (JsonNode each : value) {
      if (!PERMISSIONS.contains(each.asText())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(JsonNode value) {
    if (!value.isArray()) {
      return value.isValueNode() && !value.isNull();
    }
    for (JsonNode each : value) {
      if (!each.isValueNode() || each.isNull()) {
        return false;
      }
    }
    return true;
  }
}
