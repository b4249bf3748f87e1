package dev.sekisho.kms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.store.Database;
import dev.sekisho.store.StampedCache;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a key's grants add to its key policy.
 *
 * <p>A grant that fits a call becomes one more statement of the key policy that is asked about it,
 * so that every explicit deny still wins and nothing decides but the policy engine.
 */
final class GrantedPolicies {

  private static final int CACHED = 20_000;
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PREFIX = "kms:";

  /**
   * What is to be asked about a key.
   *
   * @param policy the key policy, with what a grant adds
   * @param granted whether a grant gives leave, which then needs no policy of the caller's account
   */
  record Asked(String policy, boolean granted) {}

  /** The grants of a key by who has them. */
  private record ByGrantee(Map<String, List<Grant>> grants) {
    List<Grant> of(String grantee) {
      return grants.getOrDefault(grantee, List.of());
    }
  }

  private record Statement(KeyName key, String principal, String action)
      implements KeyStamps.OfKey {}

  private final Database database;
  private final GrantStore store;
  private final StampedCache<KeyName, ByGrantee> grants;
  private final StampedCache<Statement, String> documents;

  GrantedPolicies(Database database, KeyStamps stamps, GrantStore store) {
    this.database = database;
    this.store = store;
    this.grants = stamps.ofKeys(CACHED);
    this.documents = stamps.ofParts(CACHED);
  }

  /**
   * The key policy, and with it the grant that gives this caller leave, if one does.
   *
   * @param conditions the condition keys of the call
   */
  Asked of(Key key, Principal caller, String action, Map<String, List<String>> conditions) {
    String operation = action.substring(PREFIX.length());
    // Passing a grant on depends on what is passed on, so it is asked by its own method.
    return operation.equals(Grant.CREATE)
        ? new Asked(key.policy(), false)
        : matching(key, caller, action, grant -> grant.allows(operation, conditions));
  }

  /** The key policy, and with it a grant that lets the caller pass on the wanted one. */
  Asked forPassingOn(Key key, Principal caller, Grant wanted) {
    return matching(key, caller, PREFIX + Grant.CREATE, grant -> grant.covers(wanted));
  }

  /** The key policy, and with it leave to retire the grant, if the grant gives that itself. */
  Asked forRetiring(Key key, Principal caller, Grant grant) {
    for (String name : names(caller)) {
      boolean isIssuer =
          caller instanceof Principal.Root(AccountId account) && account.equals(grant.issuing());
      boolean isGrantee = name.equals(grant.grantee()) || name.equals(grant.granteeService());
      boolean isRetiring = name.equals(grant.retiring()) || name.equals(grant.retiringService());
      if (isIssuer || isRetiring || (isGrantee && grant.operations().contains(Grant.RETIRE))) {
        return new Asked(with(key, name, PREFIX + Grant.RETIRE), true);
      }
    }
    return new Asked(key.policy(), false);
  }

  private Asked matching(Key key, Principal caller, String action, Predicate<Grant> fits) {
    ByGrantee known = grants.get(key.name(), this::load);
    if (!known.grants().isEmpty()) {
      for (String name : names(caller)) {
        if (known.of(name).stream().anyMatch(fits)) {
          return new Asked(with(key, name, action), true);
        }
      }
    }
    return new Asked(key.policy(), false);
  }

  private ByGrantee load(KeyName key) {
    Map<String, List<Grant>> byGrantee = new HashMap<>();
    for (Grant grant : database.read(handle -> store.of(handle, key))) {
      String grantee = grant.grantee() == null ? grant.granteeService() : grant.grantee();
      if (grantee != null) {
        byGrantee.computeIfAbsent(grantee, _ -> new ArrayList<>()).add(grant);
      }
    }
    return new ByGrantee(byGrantee);
  }

  /** What a grant may call the caller, the closest first. */
  private static List<String> names(Principal caller) {
    if (caller instanceof Principal.Service(String service)) {
      return List.of(service);
    }
    List<String> names = new ArrayList<>(3);
    add(names, caller.arn());
    if (caller instanceof Principal.RoleSession session) {
      names.add(session.roleArn().toString());
    }
    if (caller.account() != null) {
      add(names, caller.account().root());
    }
    return names;
  }

  private static void add(List<String> names, @Nullable Object arn) {
    if (arn != null && !names.contains(arn.toString())) {
      names.add(arn.toString());
    }
  }

  private String with(Key key, String principal, String action) {
    return documents.get(
        new Statement(key.name(), principal, action), statement -> write(key.policy(), statement));
  }

  private static String write(String policy, Statement statement) {
    StringWriter text = new StringWriter(policy.length() + 256);
    try (JsonParser in = JSON.createParser(policy);
        JsonGenerator out = JSON.createGenerator(text)) {
      in.nextToken();
      out.writeStartObject();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        out.writeFieldName(name);
        in.nextToken();
        if (name.equals("Statement")) {
          statements(in, out, statement);
        } else {
          out.copyCurrentStructure(in);
        }
      }
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a kept key policy is not JSON", impossible);
    }
    return text.toString();
  }

  private static void statements(JsonParser in, JsonGenerator out, Statement statement)
      throws IOException {
    out.writeStartArray();
    out.writeStartObject();
    out.writeStringField("Effect", "Allow");
    out.writeObjectFieldStart("Principal");
    String kind = statement.principal().startsWith("arn:") ? "AWS" : "Service";
    out.writeStringField(kind, statement.principal());
    out.writeEndObject();
    out.writeStringField("Action", statement.action());
    out.writeStringField("Resource", "*");
    out.writeEndObject();
    if (in.currentToken() == JsonToken.START_ARRAY) {
      while (in.nextToken() != JsonToken.END_ARRAY) {
        out.copyCurrentStructure(in);
      }
    } else {
      out.copyCurrentStructure(in);
    }
    out.writeEndArray();
  }
}
