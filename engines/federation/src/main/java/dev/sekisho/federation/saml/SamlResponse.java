package dev.sekisho.federation.saml;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * A response that its provider signed.
 *
 * <p>A strict profile: one response with one assertion as its child, every signature in one of the
 * two and about just that, no id twice. INVARIANT: the assertion that is read is the one whose
 * signature, or whose response's signature, was verified.
 *
 * @param destination where the response was sent, if it says so
 * @see <a href="https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf">SAML core</a>
 */
public record SamlResponse(@Nullable String destination, SamlAssertion assertion) {

  private static final int LARGEST = 256 * 1024;

  /**
   * Reads and verifies a response.
   *
   * @param encryptionRequired whether an assertion in clear is refused
   * @param decryptionKeys what encrypted assertions may be opened with
   * @throws RejectedSaml when it is not a response of the provider that fits the profile
   */
  public static SamlResponse verify(
      byte[] xml,
      SamlMetadata provider,
      boolean encryptionRequired,
      List<PrivateKey> decryptionKeys)
      throws RejectedSaml {
    if (xml.length > LARGEST) {
      throw RejectedSaml.malformed("too large");
    }
    Document document = SafeXml.parse(new InputSource(new ByteArrayInputStream(xml)), false);
    Element response = document.getDocumentElement();
    requireResponse(response);
    Element encrypted = SafeXml.child(response, SamlNames.ASSERTION, "EncryptedAssertion");
    if (encrypted == null && encryptionRequired) {
      throw new RejectedSaml(RejectedSaml.Reason.ENCRYPTION, "the assertion is not encrypted");
    }
    requireProfile(document, encrypted == null ? "Assertion" : "EncryptedAssertion");
    boolean signed = isSigned(response);
    if (signed) {
      // Before the encrypted assertion is replaced: this is what was signed.
      SignedElement.verify(response, provider.certificates());
    }
    if (encrypted != null) {
      Node opened = document.importNode(EncryptedAssertion.open(encrypted, decryptionKeys), true);
      response.replaceChild(opened, encrypted);
      requireProfile(document, "Assertion");
    }
    Element assertion = SafeXml.requiredChild(response, SamlNames.ASSERTION, "Assertion");
    if (isSigned(assertion) || !signed) {
      SignedElement.verify(assertion, provider.certificates());
    }
    return new SamlResponse(
        SafeXml.attribute(response, "Destination"), SamlAssertion.read(assertion));
  }

  private static void requireResponse(Element response) throws RejectedSaml {
    if (!SafeXml.is(response, SamlNames.PROTOCOL, "Response")
        || !"2.0".equals(SafeXml.attribute(response, "Version"))) {
      throw RejectedSaml.malformed("not a response of SAML 2.0");
    }
    Element status = SafeXml.requiredChild(response, SamlNames.PROTOCOL, "Status");
    Element code = SafeXml.requiredChild(status, SamlNames.PROTOCOL, "StatusCode");
    if (!SamlNames.SUCCESS.equals(SafeXml.attribute(code, "Value"))) {
      throw new RejectedSaml(RejectedSaml.Reason.STATUS, "the provider reports no success");
    }
  }

  private static boolean isSigned(Element element) {
    return !SafeXml.children(element, SamlNames.SIGNATURE, "Signature").isEmpty();
  }

  /** Nothing in the document may be taken for something else by another reader. */
  private static void requireProfile(Document document, String kind) throws RejectedSaml {
    Element response = document.getDocumentElement();
    Set<String> ids = new HashSet<>();
    int assertions = 0;
    for (Element each : SafeXml.elements(document)) {
      requireNewIds(each, ids);
      Node parent = each.getParentNode();
      switch (each.getLocalName()) {
        case "Assertion", "EncryptedAssertion" -> {
          assertions++;
          if (!response.isSameNode(parent) || !SafeXml.is(each, SamlNames.ASSERTION, kind)) {
            throw RejectedSaml.malformed("an assertion out of place");
          }
        }
        case "Response" -> {
          if (!response.isSameNode(each)) {
            throw RejectedSaml.malformed("a response out of place");
          }
        }
        case "Signature" -> {
          boolean placed =
              response.isSameNode(parent)
                  || (parent != null
                      && response.isSameNode(parent.getParentNode())
                      && SafeXml.is(parent, SamlNames.ASSERTION, "Assertion"));
          if (!placed) {
            throw RejectedSaml.malformed("a signature out of place");
          }
        }
        default -> {}
      }
    }
    if (assertions != 1) {
      throw RejectedSaml.malformed("one assertion is expected");
    }
  }

  private static void requireNewIds(Element element, Set<String> ids) throws RejectedSaml {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      String name = attribute.getName().toLowerCase(Locale.ROOT);
      if ((name.equals("id") || name.equals("xml:id")) && !ids.add(attribute.getValue())) {
        throw RejectedSaml.malformed("an id twice");
      }
    }
  }
}
