package dev.sekisho.policy.check;

import dev.sekisho.policy.OperatorExpression;
import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.ConditionView;
import dev.sekisho.policy.check.StatementView.Listed;
import dev.sekisho.policy.check.StatementView.PrincipalValue;
import dev.sekisho.policy.check.StatementView.Principals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a statement apart; what has not the form of its element is reported and left out. */
final class StatementReader {

  private StatementReader() {}

  static StatementView read(Place statement, Findings findings) {
    for (Place member : statement.members()) {
      switch (member.nameText()) {
        case "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition" -> {}
        default ->
            findings.atKey(
                member, PolicyIssue.INVALID_POLICY_ELEMENT, "element", member.nameText());
      }
    }
    Place sid = statement.member("Sid");
    if (sid != null) {
      Types.text(sid, findings);
    }
    return new StatementView(
        statement,
        effect(statement, findings),
        listed(statement, "Action", findings),
        listed(statement, "Resource", findings),
        principals(statement, findings),
        conditions(statement, findings));
  }

  private static @Nullable String effect(Place statement, Findings findings) {
    Place effect = statement.member("Effect");
    if (effect == null) {
      findings.missing(statement, PolicyIssue.MISSING_EFFECT);
      return null;
    }
    String text = Types.text(effect, findings);
    if (text == null || text.equals("Allow") || text.equals("Deny")) {
      return text;
    }
    findings.at(effect, PolicyIssue.INVALID_EFFECT, "effect", text);
    return null;
  }

  /** The element of the name or of its negation; both together are reported. */
  private static @Nullable Place element(Place statement, String name, Findings findings) {
    Place element = statement.member(name);
    Place negation = statement.member("Not" + name);
    if (element != null && negation != null) {
      findings.add(
          PolicyIssue.UNSUPPORTED_ELEMENT_COMBINATION,
          List.of(findings.source().key(element), findings.source().key(negation)),
          "element1",
          name,
          "element2",
          "Not" + name);
    }
    return element == null ? negation : element;
  }

  private static @Nullable Listed listed(Place statement, String name, Findings findings) {
    Place element = element(statement, name, findings);
    return element == null
        ? null
        : new Listed(element, element.nameText().startsWith("Not"), Types.texts(element, findings));
  }

  private static @Nullable Principals principals(Place statement, Findings findings) {
    Place element = element(statement, "Principal", findings);
    if (element == null) {
      return null;
    }
    boolean negated = element.nameText().startsWith("Not");
    if ("*".equals(element.text())) {
      return new Principals(
          element, negated, true, List.of(new PrincipalValue("AWS", element, "*")));
    }
    List<PrincipalValue> values = new ArrayList<>();
    if (element.value() instanceof Json.Members) {
      for (Place type : element.members()) {
        if (PolicyGrammar.isPrincipalType(type.nameText())) {
          for (Place value : Types.texts(type, findings)) {
            values.add(new PrincipalValue(type.nameText(), value, String.valueOf(value.text())));
          }
        } else {
          findings.atKey(type, PolicyIssue.INVALID_PRINCIPAL_KEY, "principal-key", type.nameText());
        }
      }
    } else if (!element.isBroken()) {
      findings.at(element, PolicyIssue.INVALID_PRINCIPAL_FORMAT);
    }
    return new Principals(element, negated, false, values);
  }

  private static List<ConditionView> conditions(Place statement, Findings findings) {
    Place element = statement.member("Condition");
    if (element == null || !Types.isObject(element, findings)) {
      return List.of();
    }
    List<ConditionView> conditions = new ArrayList<>();
    for (Place operator : element.members()) {
      if (Types.isObject(operator, findings)) {
        OperatorExpression expression = OperatorExpression.parse(operator.nameText());
        for (Place key : operator.members()) {
          conditions.add(
              new ConditionView(operator, expression, key, key.nameText(), scalars(key, findings)));
        }
      }
    }
    return conditions;
  }

  private static List<Place> scalars(Place key, Findings findings) {
    List<Place> scalars = new ArrayList<>();
    for (Place value : key.values()) {
      if (value.scalar() != null) {
        scalars.add(value);
      } else if (!value.isBroken()) {
        findings.at(value, PolicyIssue.DATA_TYPE_MISMATCH, "data_type", "String");
      }
    }
    return scalars;
  }
}
