package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Member.Location;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML into records. Document types, entities and external references are refused; depth is
 * bounded.
 */
final class XmlReader {

  private static final int DEPTH = 64;
  private static final String NOT_WELL_FORMED =
      "The XML you provided was not well-formed or did not validate against our published schema";
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;
  private int depth;

  private XmlReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * Fills the values of the body's members from a document whose root element stands for the shape.
   *
   * @throws MalformedRequest when the body is not XML or not of the shape
   */
  static void read(Blob body, StructureShape<?> shape, @Nullable Object[] values) {
    try {
      XMLStreamReader stream =
          FACTORY.createXMLStreamReader(new StringReader(Utf8.decode(body.bytes())));
      if (!"UTF-8".equalsIgnoreCase(declaredEncoding(stream))) {
        throw new MalformedRequest(NOT_WELL_FORMED);
      }
      XmlReader reader = new XmlReader(stream);
      while (stream.next() != XMLStreamConstants.START_ELEMENT) {
        if (stream.getEventType() == XMLStreamConstants.DTD) {
          throw new MalformedRequest("The XML must not carry a document type");
        }
      }
      reader.members(shape, values);
      while (stream.hasNext()) {
        stream.next();
      }
    } catch (MalformedRequest refused) {
      throw refused;
    } catch (XMLStreamException | CharacterCodingException | RuntimeException notXml) {
      // The JDK's parser also throws unchecked exceptions, where its own message is missing.
      throw new MalformedRequest(NOT_WELL_FORMED);
    }
  }

  private static String declaredEncoding(XMLStreamReader stream) {
    return Objects.requireNonNullElse(stream.getCharacterEncodingScheme(), "UTF-8");
  }

  private void members(StructureShape<?> shape, @Nullable Object[] values)
      throws XMLStreamException {
    enter();
    attributes(shape, values);
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      int index = indexOf(shape, xml.getLocalName());
      if (index < 0) {
        skip();
        continue;
      }
      Member member = shape.members().get(index);
      switch (member.shape()) {
        case Shape.ListShape list when Flattening.of(member) -> {
          List<Object> elements = elements(values[index]);
          elements.add(value(list.element().get()));
          values[index] = elements;
        }
        case Shape.MapShape map when Flattening.of(member) -> {
          Map<String, Object> entries = entries(values[index]);
          entry(map, entries);
          values[index] = entries;
        }
        case Shape other -> {
          if (values[index] != null) {
            throw new MalformedRequest("An element is given twice");
          }
          values[index] = value(other);
        }
      }
    }
    depth--;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> elements(@Nullable Object before) {
    return before == null ? new ArrayList<>() : (List<Object>) before;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> entries(@Nullable Object before) {
    return before == null ? new LinkedHashMap<>() : (Map<String, Object>) before;
  }

  private void attributes(StructureShape<?> shape, @Nullable Object[] values) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      int index = shape.indexOf(attributeName(i));
      if (index >= 0 && shape.members().get(index).xmlAttribute()) {
        values[index] = Scalars.read(shape.members().get(index).shape(), xml.getAttributeValue(i));
      }
    }
  }

  /** The index of the member that travels in an element of the name, or -1. */
  private static int indexOf(StructureShape<?> shape, String name) {
    int index = shape.indexOf(name);
    if (index >= 0) {
      Member member = shape.members().get(index);
      return member.location() == Location.BODY && !member.xmlAttribute() ? index : -1;
    }
    for (int i = 0; i < shape.members().size(); i++) {
      if (Flattening.elementName(shape.members().get(i)).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private String attributeName(int index) {
    String prefix = xml.getAttributePrefix(index);
    return prefix == null || prefix.isEmpty()
        ? xml.getAttributeLocalName(index)
        : prefix + ':' + xml.getAttributeLocalName(index);
  }

  private Object value(Shape shape) throws XMLStreamException {
    return switch (shape) {
      case StructureShape<?> structure -> structure(structure);
      case Shape.ListShape list -> {
        enter();
        List<Object> values = new ArrayList<>();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
          values.add(value(list.element().get()));
        }
        depth--;
        yield values;
      }
      case Shape.MapShape map -> map(map);
      case Shape.StringShape _,
          Shape.IntegerShape _,
          Shape.LongShape _,
          Shape.FloatShape _,
          Shape.DoubleShape _,
          Shape.BooleanShape _,
          Shape.TimestampShape _,
          Shape.BlobShape _ ->
          Scalars.read(shape, xml.getElementText());
    };
  }

  private <T extends Structure> T structure(StructureShape<T> shape) throws XMLStreamException {
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    members(shape, values);
    return shape.make(values);
  }

  private Map<String, Object> map(Shape.MapShape shape) throws XMLStreamException {
    enter();
    Map<String, Object> values = new LinkedHashMap<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      entry(shape, values);
    }
    depth--;
    return values;
  }

  private void entry(Shape.MapShape shape, Map<String, Object> values) throws XMLStreamException {
    enter();
    String key = null;
    Object value = null;
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (xml.getLocalName().equals(shape.keyName())) {
        key = xml.getElementText();
      } else if (xml.getLocalName().equals(shape.valueName())) {
        value = value(shape.value().get());
      } else {
        skip();
      }
    }
    if (key == null || value == null || values.put(key, value) != null) {
      throw new MalformedRequest("An entry of a map is incomplete or given twice");
    }
    depth--;
  }

  private void skip() throws XMLStreamException {
    int open = 1;
    while (open > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        open++;
        if (open > DEPTH) {
          throw new MalformedRequest("The XML is nested too deep");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      }
    }
  }

  private void enter() {
    if (++depth > DEPTH) {
      throw new MalformedRequest("The XML is nested too deep");
    }
  }
}
