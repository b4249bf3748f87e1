package dev.sekisho.server.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables that secrets become: an object in JSON one for each of its members, anything else
 * one that is called as the secret is.
 */
final class SecretEnvironment {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, Secret> variables = new LinkedHashMap<>();

  /** The variables so far. */
  Map<String, Secret> variables() {
    return variables;
  }

  /**
   * Adds a secret.
   *
   * @param name the secret's own name
   * @throws IllegalArgumentException with a message for the person, when something of it can be no
   *     variable
   */
  void add(String name, Secret value) {
    String text = value.revealText();
    Map<String, String> members = new LinkedHashMap<>();
    if (isObject(name, text, members)) {
      members.forEach((member, each) -> put(name, member, each));
    } else {
      put(name, called(name), text);
    }
  }

  /** {@code prod/db-password} becomes {@code PROD_DB_PASSWORD}. */
  private static String called(String name) {
    String called = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    return Character.isDigit(called.charAt(0)) ? "_" + called : called;
  }

  private static boolean isObject(String name, String text, Map<String, String> members) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      Map<String, String> read = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String member = json.currentName();
        if (json.nextToken().isStructStart()) {
          throw new IllegalArgumentException(
              "the member " + member + " of the secret " + name + " is no text");
        }
        read.put(member, json.getText());
      }
      if (json.nextToken() != null) {
        return false;
      }
      members.putAll(read);
      return true;
    } catch (IOException notJson) {
      return false;
    }
  }

  private void put(String secret, String variable, String value) {
    if (!VARIABLE.matcher(variable).matches()) {
      throw new IllegalArgumentException(
          "the member " + variable + " of the secret " + secret + " cannot name a variable");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the variable " + variable + " of the secret " + secret + " has a zero byte in it");
    }
    if (variables.put(variable, Secret.of(value)) != null) {
      throw new IllegalArgumentException("two secrets have a variable " + variable);
    }
  }
}
