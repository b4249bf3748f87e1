package dev.sekisho.server.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A secret's value as rotation needs it: an object in JSON, whose other members are kept as they
 * are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html">JSON
 *     structure of secrets</a>
 */
final class SecretDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode members;

  private SecretDocument(ObjectNode members) {
    this.members = members;
  }

  /**
   * @throws FailedException when it is no object in JSON; what it is instead is not told
   */
  static SecretDocument read(@Nullable String text) throws FailedException {
    try {
      if (text != null && JSON.readTree(text) instanceof ObjectNode object) {
        return new SecretDocument(object);
      }
    } catch (IOException notJson) {
      // The parser's own message would quote the secret.
    }
    throw new FailedException("the secret's value is not an object in JSON");
  }

  /**
   * A member as text.
   *
   * @throws FailedException when it is missing
   */
  String text(String name) throws FailedException {
    String text = textOrNull(name);
    if (text == null) {
      throw new FailedException("the secret's value has no member " + name);
    }
    return text;
  }

  /** A member as text, also a number; null when it is missing. */
  @Nullable String textOrNull(String name) {
    JsonNode member = members.get(name);
    return member == null || !member.isValueNode() || member.isNull() || member.asText().isEmpty()
        ? null
        : member.asText();
  }

  /** The same with another value for a member. */
  SecretDocument with(String name, String value) {
    ObjectNode changed = members.deepCopy();
    changed.put(name, value);
    return new SecretDocument(changed);
  }

  /** The whole of it, to be kept. */
  Secret written() {
    return Secret.of(members.toString());
  }

  @Override
  public String toString() {
    return "SecretDocument[redacted]";
  }
}
