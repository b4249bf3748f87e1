package dev.sekisho.conformance;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SAML identity provider: it writes responses and signs them with the JDK. */
final class SamlProvider {

  static final String ENTITY = "https://idp.example.com/metadata";
  static final String SIGN_IN = "https://signin.aws.amazon.com/saml";
  static final String ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/";
  static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";

  private final KeyPair keys;
  private final X509Certificate certificate;

  SamlProvider() throws GeneralSecurityException {
    keys = TestCertificates.rsa();
    certificate = TestCertificates.authority("CN=idp.example.com", keys);
  }

  KeyPair keys() {
    return keys;
  }

  String metadata() throws GeneralSecurityException {
    return metadata("");
  }

  String metadata(String attributes) throws GeneralSecurityException {
    return """
    <?xml version="1.0"?>
    <!-- exported by the provider -->
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s"%s>
    <md:IDPSSODescriptor
     protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
    <ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
     Location="https://idp.example.com/sso"/>
    </md:IDPSSODescriptor></md:EntityDescriptor>
    """
        .formatted(
            ENTITY, attributes, Base64.getEncoder().encodeToString(certificate.getEncoded()));
  }

  /** What a response says; a test changes what it is about. */
  static final class Content {
    Instant now = Instant.EPOCH;
    String issuer = ENTITY;
    String destination = SIGN_IN;
    String recipient = SIGN_IN;
    String audience = SIGN_IN;
    String subject = "ann";
    String status = "urn:oasis:names:tc:SAML:2.0:status:Success";
    Duration age = Duration.ZERO;
    String sessionEnd = "";
    String attributes = "";

    Content(Instant now) {
      this.now = now;
    }

    Content attribute(String name, String... values) {
      StringBuilder text = new StringBuilder(attributes);
      text.append("<saml:Attribute Name=\"").append(ATTRIBUTES).append(name).append("\">");
      for (String value : values) {
        text.append("<saml:AttributeValue>").append(value).append("</saml:AttributeValue>");
      }
      attributes = text.append("</saml:Attribute>").toString();
      return this;
    }

    String assertion(String id) {
      Instant made = now.minus(age);
      Instant end = made.plus(Duration.ofMinutes(5));
      return """
      <saml:Assertion xmlns:saml="%s" ID="%s" Version="2.0" IssueInstant="%s">\
      <saml:Issuer>%s</saml:Issuer><saml:Subject>\
      <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">%s\
      </saml:NameID><saml:SubjectConfirmation \
      Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData \
      NotOnOrAfter="%s" Recipient="%s"/></saml:SubjectConfirmation></saml:Subject>\
      <saml:Conditions NotBefore="%s" NotOnOrAfter="%s"><saml:AudienceRestriction>\
      <saml:Audience>%s</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
      <saml:AuthnStatement AuthnInstant="%s"%s><saml:AuthnContext/></saml:AuthnStatement>\
      <saml:AttributeStatement>%s</saml:AttributeStatement></saml:Assertion>\
      """
          .formatted(
              SAML,
              id,
              made,
              issuer,
              subject,
              end,
              recipient,
              made,
              end,
              audience,
              made,
              sessionEnd,
              attributes);
    }

    String response(String inside) {
      return """
      <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" \
      Version="2.0" IssueInstant="%s" Destination="%s"><samlp:Status>\
      <samlp:StatusCode Value="%s"/></samlp:Status>%s</samlp:Response>\
      """
          .formatted(now, destination, status, inside);
    }
  }

  /** A response with its assertion signed. */
  String signed(Content content) throws Exception {
    return write(signedDocument(content));
  }

  Document signedDocument(Content content) throws Exception {
    Document document = parse(content.response(content.assertion("_assertion")));
    sign(assertion(document), RSA_SHA256, keys.getPrivate());
    return document;
  }

  static Element assertion(Document document) {
    return (Element) document.getElementsByTagNameNS(SAML, "Assertion").item(0);
  }

  static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  /** Signs the element by its ID, with the signature inside it. */
  static void sign(Element element, String algorithm, Key key) throws Exception {
    sign(element, algorithm, DigestMethod.SHA256, key);
  }

  static void sign(Element element, String algorithm, String digest, Key key) throws Exception {
    element.setIdAttributeNS(null, "ID", true);
    XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
    SignedInfo info =
        factory.newSignedInfo(
            factory.newCanonicalizationMethod(
                CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            factory.newSignatureMethod(algorithm, null),
            List.of(
                factory.newReference(
                    "#" + element.getAttribute("ID"),
                    factory.newDigestMethod(digest, null),
                    List.of(
                        factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        factory.newTransform(
                            CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null)));
    DOMSignContext context = new DOMSignContext(key, element, element.getFirstChild());
    context.setProperty("org.jcp.xml.dsig.secureValidation", false);
    context.setDefaultNamespacePrefix("ds");
    factory.newXMLSignature(info, null).sign(context);
  }

  static String hmac() {
    return SignatureMethod.HMAC_SHA256;
  }

  static String write(Document document) throws Exception {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    StringWriter text = new StringWriter();
    transformer.transform(new DOMSource(document), new StreamResult(text));
    return text.toString();
  }

  static String encode(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }
}
