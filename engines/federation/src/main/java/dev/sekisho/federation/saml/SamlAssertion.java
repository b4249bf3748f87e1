package dev.sekisho.federation.saml;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What a verified assertion says.
 *
 * @param subjectFormat the URI of the name's format, if it says one
 * @param notBefore of its conditions
 * @param notOnOrAfter of its conditions
 * @param audiences of each of its audience restrictions; all of them must be met
 * @param attributes texts by the attribute's name
 */
public record SamlAssertion(
    String issuer,
    String subject,
    @Nullable String subjectFormat,
    List<Confirmation> confirmations,
    @Nullable Instant notBefore,
    @Nullable Instant notOnOrAfter,
    List<List<String>> audiences,
    @Nullable Instant sessionEnd,
    Map<String, List<String>> attributes) {

  public SamlAssertion {
    confirmations = List.copyOf(confirmations);
    audiences = List.copyOf(audiences);
    attributes = Map.copyOf(attributes);
  }

  /** Where and until when whoever bears the assertion is taken for its subject. */
  public record Confirmation(
      @Nullable String recipient, @Nullable Instant notBefore, @Nullable Instant notOnOrAfter) {}

  /** The values of the attribute; none when it is not there. */
  public List<String> values(String attribute) {
    return attributes.getOrDefault(attribute, List.of());
  }

  static SamlAssertion read(Element assertion) throws RejectedSaml {
    Element subject = required(assertion, "Subject");
    Element name = required(subject, "NameID");
    Element conditions = SafeXml.child(assertion, SamlNames.ASSERTION, "Conditions");
    String named = SafeXml.text(name);
    if (!"2.0".equals(SafeXml.attribute(assertion, "Version")) || named.isEmpty()) {
      throw RejectedSaml.malformed("not an assertion of SAML 2.0 about somebody");
    }
    return new SamlAssertion(
        SafeXml.text(required(assertion, "Issuer")),
        named,
        SafeXml.attribute(name, "Format"),
        confirmations(subject),
        conditions == null ? null : SamlMetadata.time(conditions, "NotBefore"),
        conditions == null ? null : SamlMetadata.time(conditions, "NotOnOrAfter"),
        conditions == null ? List.of() : audiences(conditions),
        sessionEnd(assertion),
        attributes(assertion));
  }

  private static Element required(Element parent, String name) throws RejectedSaml {
    return SafeXml.requiredChild(parent, SamlNames.ASSERTION, name);
  }

  private static List<Confirmation> confirmations(Element subject) throws RejectedSaml {
    List<Confirmation> found = new ArrayList<>();
    for (Element each : SafeXml.children(subject, SamlNames.ASSERTION, "SubjectConfirmation")) {
      Element data = SafeXml.child(each, SamlNames.ASSERTION, "SubjectConfirmationData");
      if (data != null && SamlNames.BEARER.equals(SafeXml.attribute(each, "Method"))) {
        found.add(
            new Confirmation(
                SafeXml.attribute(data, "Recipient"),
                SamlMetadata.time(data, "NotBefore"),
                SamlMetadata.time(data, "NotOnOrAfter")));
      }
    }
    return found;
  }

  private static List<List<String>> audiences(Element conditions) throws RejectedSaml {
    List<List<String>> all = new ArrayList<>();
    for (Element each : SafeXml.children(conditions, SamlNames.ASSERTION, "AudienceRestriction")) {
      List<String> audiences = new ArrayList<>();
      for (Element audience : SafeXml.children(each, SamlNames.ASSERTION, "Audience")) {
        audiences.add(SafeXml.text(audience));
      }
      all.add(audiences);
    }
    return all;
  }

  private static @Nullable Instant sessionEnd(Element assertion) throws RejectedSaml {
    Instant first = null;
    for (Element each : SafeXml.children(assertion, SamlNames.ASSERTION, "AuthnStatement")) {
      Instant end = SamlMetadata.time(each, "SessionNotOnOrAfter");
      if (end != null && (first == null || end.isBefore(first))) {
        first = end;
      }
    }
    return first;
  }

  /** A value that is more than a text is nothing anybody asks for here. */
  private static Map<String, List<String>> attributes(Element assertion) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Element statement :
        SafeXml.children(assertion, SamlNames.ASSERTION, "AttributeStatement")) {
      for (Element each : SafeXml.children(statement, SamlNames.ASSERTION, "Attribute")) {
        List<String> values =
            found.computeIfAbsent(
                String.valueOf(SafeXml.attribute(each, "Name")), _ -> new ArrayList<>());
        for (Element value : SafeXml.children(each, SamlNames.ASSERTION, "AttributeValue")) {
          String text = SafeXml.textOrNull(value);
          if (text != null) {
            values.add(text);
          }
        }
      }
    }
    return found;
  }
}
