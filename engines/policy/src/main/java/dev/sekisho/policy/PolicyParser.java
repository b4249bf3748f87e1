package dev.sekisho.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sekisho.policy.Statement.Condition;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy's JSON into its parts.
 *
 * <p>Strict in form: unknown elements, names given twice and values of the wrong kind are errors.
 * Whether the parts make sense is the {@link PolicyValidator}'s to say. Bounded in depth and size.
 */
public final class PolicyParser {

  /** Characters at most; AWS's own largest policy has 131,072 (a session's, packed). */
  public static final int LARGEST = 131_072;

  private static final String SYNTAX = "Syntax errors in policy.";
  private static final String NOT_JSON = "This policy contains invalid Json";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
          .build();

  private final JsonParser json;

  private PolicyParser(JsonParser json) {
    this.json = json;
  }

  /**
   * Parses a policy.
   *
   * @throws MalformedPolicyException when it is not JSON, too large, or not of a policy's form
   */
  public static PolicyDocument parse(String text) {
    if (text.length() > LARGEST) {
      throw new MalformedPolicyException(
          SYNTAX, PolicyIssue.POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, 1, 1);
    }
    try (JsonParser json = FACTORY.createParser(text)) {
      PolicyParser parser = new PolicyParser(json);
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw parser.malformed(PolicyIssue.DATA_TYPE_MISMATCH);
      }
      PolicyDocument document = parser.document();
      if (json.nextToken() != null) {
        throw notJson(json.currentTokenLocation());
      }
      return document;
    } catch (JsonProcessingException notJson) {
      throw notJson(notJson.getLocation());
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  private static MalformedPolicyException notJson(@Nullable JsonLocation where) {
    return new MalformedPolicyException(
        NOT_JSON,
        PolicyIssue.JSON_SYNTAX_ERROR,
        where == null ? 1 : where.getLineNr(),
        where == null ? 1 : where.getColumnNr());
  }

  private MalformedPolicyException malformed(PolicyIssue issue) {
    return malformed(SYNTAX, issue);
  }

  private MalformedPolicyException malformed(String message, PolicyIssue issue) {
    JsonLocation where = json.currentTokenLocation();
    return new MalformedPolicyException(message, issue, where.getLineNr(), where.getColumnNr());
  }

  private PolicyDocument document() throws IOException {
    String version = null;
    String id = null;
    List<Statement> statements = List.of();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "Version" -> version = text();
        case "Id" -> id = text();
        case "Statement" -> statements = statements();
        default -> throw malformed(PolicyIssue.INVALID_POLICY_ELEMENT);
      }
    }
    return new PolicyDocument(version, id, statements);
  }

  private List<Statement> statements() throws IOException {
    List<Statement> statements = new ArrayList<>();
    eachOf(() -> {
      expect(JsonToken.START_OBJECT);
      statements.add(statement());
    });
    return statements;
  }

  private Statement statement() throws IOException {
    int line = json.currentTokenLocation().getLineNr();
    int column = json.currentTokenLocation().getColumnNr();
    String sid = null;
    Effect effect = null;
    Selection<PrincipalElement> principal = null;
    Selection<String> actions = null;
    Selection<String> resources = null;
    List<Condition> conditions = List.of();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "Sid" -> sid = text();
        case "Effect" -> effect = effect();
        case "Principal", "NotPrincipal" ->
            principal = once(principal, new Selection<>(name.startsWith("Not"), principals()));
        case "Action", "NotAction" ->
            actions = once(actions, new Selection<>(name.startsWith("Not"), texts()));
        case "Resource", "NotResource" ->
            resources = once(resources, new Selection<>(name.startsWith("Not"), texts()));
        case "Condition" -> conditions = conditions();
        default -> throw malformed(PolicyIssue.INVALID_POLICY_ELEMENT);
      }
    }
    JsonLocation end = json.currentTokenLocation();
    return new Statement(
        sid,
        effect,
        principal,
        actions,
        resources,
        conditions,
        line,
        column,
        end.getLineNr(),
        end.getColumnNr());
  }

  private <T> T once(@Nullable T before, T now) {
    if (before != null) {
      throw malformed(PolicyIssue.UNSUPPORTED_ELEMENT_COMBINATION);
    }
    return now;
  }

  private Effect effect() throws IOException {
    return switch (text()) {
      case "Allow" -> Effect.ALLOW;
      case "Deny" -> Effect.DENY;
      default -> throw malformed(PolicyIssue.INVALID_EFFECT);
    };
  }

  private List<PrincipalElement> principals() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      if (!text().equals("*")) {
        throw malformed("Invalid principal in policy.", PolicyIssue.INVALID_PRINCIPAL_FORMAT);
      }
      return List.of(new PrincipalElement("AWS", "*"));
    }
    expect(JsonToken.START_OBJECT);
    List<PrincipalElement> principals = new ArrayList<>();
    for (String type = json.nextFieldName(); type != null; type = json.nextFieldName()) {
      String kind = type;
      json.nextToken();
      List<String> values = texts();
      if (values.isEmpty() && !PolicyGrammar.isPrincipalType(kind)) {
        throw malformed("Invalid principal in policy.", PolicyIssue.INVALID_PRINCIPAL_KEY);
      }
      values.forEach(value -> principals.add(new PrincipalElement(kind, value)));
    }
    return principals;
  }

  private List<Condition> conditions() throws IOException {
    expect(JsonToken.START_OBJECT);
    List<Condition> conditions = new ArrayList<>();
    for (String operator = json.nextFieldName();
        operator != null;
        operator = json.nextFieldName()) {
      json.nextToken();
      expect(JsonToken.START_OBJECT);
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        json.nextToken();
        conditions.add(new Condition(operator, key, scalars()));
      }
    }
    return conditions;
  }

  private List<String> texts() throws IOException {
    List<String> values = new ArrayList<>();
    eachOf(() -> {
      expect(JsonToken.VALUE_STRING);
      values.add(json.getText());
    });
    return values;
  }

  /** Condition values may be texts, numbers or booleans; all are compared as text. */
  private List<String> scalars() throws IOException {
    List<String> values = new ArrayList<>();
    eachOf(() -> {
      if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
        throw malformed(PolicyIssue.DATA_TYPE_MISMATCH);
      }
      values.add(json.getText());
    });
    return values;
  }

  /** Something done at each value of a list, or at the one value that stands for such a list. */
  private void eachOf(Step step) throws IOException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        step.run();
      }
    } else {
      step.run();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return json.getText();
  }

  private void expect(JsonToken wanted) {
    if (json.currentToken() != wanted) {
      throw malformed(PolicyIssue.DATA_TYPE_MISMATCH);
    }
  }
}
