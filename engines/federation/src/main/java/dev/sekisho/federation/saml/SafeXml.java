package dev.sekisho.federation.saml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads XML that strangers wrote.
 *
 * <p>INVARIANT: no document type, so no entity is expanded and nothing outside is read; bounded
 * depth and number of nodes.
 */
final class SafeXml {

  private static final int DEEPEST = 48;
  private static final int MOST = 200_000;

  private static final ErrorHandler SILENT =
      new ErrorHandler() {
        @Override
        public void warning(SAXParseException warning) {}

        @Override
        public void error(SAXParseException error) throws SAXException {
          throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
          throw error;
        }
      };

  private SafeXml() {}

  /**
   * Reads a document.
   *
   * @param comments whether comments are passed over; where they are not they are refused, as are
   *     processing instructions: a text must be one text for whoever looks at it
   */
  static Document parse(InputSource source, boolean comments) throws RejectedSaml {
    Document document;
    try {
      document = builder(comments).parse(source);
    } catch (SAXException | IOException | RuntimeException unreadable) {
      throw RejectedSaml.malformed("not XML that is taken");
    }
    check(document);
    return document;
  }

  private static DocumentBuilder builder(boolean ignoringComments) {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setCoalescing(true);
      factory.setIgnoringComments(ignoringComments);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(SILENT);
      return builder;
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("the JDK's parser has these features", impossible);
    }
  }

  private static void check(Document document) throws RejectedSaml {
    int count = 0;
    int depth = 0;
    Node node = document;
    while (node != null) {
      if (++count > MOST || depth > DEEPEST) {
        throw RejectedSaml.malformed("too large");
      }
      if (node.getNodeType() == Node.COMMENT_NODE
          || node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE
          || node.getNodeType() == Node.ENTITY_REFERENCE_NODE) {
        throw RejectedSaml.malformed("comments and instructions are not taken");
      }
      if (node.getFirstChild() != null) {
        node = node.getFirstChild();
        depth++;
        continue;
      }
      while (node != null && node.getNextSibling() == null) {
        node = node.getParentNode();
        depth--;
      }
      node = node == null ? null : node.getNextSibling();
    }
  }

  /** The children that are elements of the name. */
  static List<Element> children(Element parent, String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (is(child, namespace, name)) {
        found.add((Element) child);
      }
    }
    return found;
  }

  /** The one child of the name; null when there is none. */
  static @Nullable Element child(Element parent, String namespace, String name)
      throws RejectedSaml {
    List<Element> found = children(parent, namespace, name);
    if (found.size() > 1) {
      throw RejectedSaml.malformed("more than one " + name);
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  static Element requiredChild(Element parent, String namespace, String name) throws RejectedSaml {
    Element found = child(parent, namespace, name);
    if (found == null) {
      throw RejectedSaml.malformed("no " + name);
    }
    return found;
  }

  /** All elements below and at the root, whatever their depth. */
  static List<Element> elements(Document document) {
    List<Element> found = new ArrayList<>();
    var all = document.getElementsByTagNameNS("*", "*");
    for (Node node = all.item(0); node != null; node = all.item(found.size())) {
      found.add((Element) node);
    }
    return found;
  }

  static boolean is(Node node, String namespace, String name) {
    return node.getNodeType() == Node.ELEMENT_NODE
        && namespace.equals(node.getNamespaceURI())
        && name.equals(node.getLocalName());
  }

  /** The element's text; null when it holds anything but text. */
  static @Nullable String textOrNull(Element element) {
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeType() != Node.TEXT_NODE) {
        return null;
      }
    }
    return element.getTextContent().strip();
  }

  static String text(Element element) throws RejectedSaml {
    String text = textOrNull(element);
    if (text == null) {
      throw RejectedSaml.malformed(element.getLocalName() + " is not a text");
    }
    return text;
  }

  /** The attribute's value; null when it is not there. */
  static @Nullable String attribute(Element element, String name) {
    return element.hasAttributeNS(null, name) ? element.getAttributeNS(null, name) : null;
  }
}
