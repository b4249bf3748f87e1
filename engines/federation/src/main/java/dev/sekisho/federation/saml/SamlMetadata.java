package dev.sekisho.federation.saml;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * How an identity provider describes itself.
 *
 * @param entityId what its assertions call their issuer
 * @param certificates whose keys may sign its assertions
 * @param validUntil when it wants to be asked anew, if it says so
 */
public record SamlMetadata(
    String entityId, List<X509Certificate> certificates, @Nullable Instant validUntil) {

  private static final int MOST_CERTIFICATES = 20;

  public SamlMetadata {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads a metadata document.
   *
   * @throws RejectedSaml when it describes no identity provider that can sign
   */
  public static SamlMetadata parse(String text) throws RejectedSaml {
    Element root =
        SafeXml.parse(new InputSource(new StringReader(withoutMark(text))), true)
            .getDocumentElement();
    Element entity =
        SafeXml.is(root, SamlNames.METADATA, "EntitiesDescriptor")
            ? SafeXml.requiredChild(root, SamlNames.METADATA, "EntityDescriptor")
            : root;
    String entityId = SafeXml.attribute(entity, "entityID");
    if (!SafeXml.is(entity, SamlNames.METADATA, "EntityDescriptor")
        || entityId == null
        || entityId.isBlank()) {
      throw RejectedSaml.malformed("no EntityDescriptor with an entityID");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Element provider : SafeXml.children(entity, SamlNames.METADATA, "IDPSSODescriptor")) {
      for (Element key : SafeXml.children(provider, SamlNames.METADATA, "KeyDescriptor")) {
        if (!"encryption".equals(SafeXml.attribute(key, "use"))) {
          certificates.addAll(certificates(key));
        }
      }
    }
    if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
      throw RejectedSaml.malformed("no IDPSSODescriptor with a signing certificate");
    }
    return new SamlMetadata(entityId, certificates, time(entity, "validUntil"));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static List<X509Certificate> certificates(Element key) throws RejectedSaml {
    List<X509Certificate> found = new ArrayList<>();
    for (Element info : SafeXml.children(key, SamlNames.SIGNATURE, "KeyInfo")) {
      for (Element data : SafeXml.children(info, SamlNames.SIGNATURE, "X509Data")) {
        for (Element each : SafeXml.children(data, SamlNames.SIGNATURE, "X509Certificate")) {
          found.add(certificate(SafeXml.text(each)));
        }
      }
    }
    return found;
  }

  private static X509Certificate certificate(String text) throws RejectedSaml {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(
                      Base64.getDecoder().decode(text.replaceAll("\\s+", ""))));
    } catch (CertificateException | IllegalArgumentException unreadable) {
      throw RejectedSaml.malformed("not a certificate");
    }
  }

  /** A time as SAML writes it; null when it is not there. */
  static @Nullable Instant time(Element element, String attribute) throws RejectedSaml {
    String text = SafeXml.attribute(element, attribute);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notATime) {
      throw RejectedSaml.malformed(attribute + " is not a time");
    }
  }
}
