package dev.sekisho.federation.saml;

import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/**
 * Verifies that an element is signed as a whole by the signature inside it.
 *
 * <p>INVARIANT: what is verified is the element itself, found in the document and not by what the
 * signature refers to; the keys are the provider's, and never those that the signature brings.
 */
final class SignedElement {

  private static final Set<String> SIGNATURES =
      Set.of(
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512");

  private static final Set<String> DIGESTS =
      Set.of(
          "http://www.w3.org/2001/04/xmlenc#sha256",
          "http://www.w3.org/2001/04/xmldsig-more#sha384",
          "http://www.w3.org/2001/04/xmlenc#sha512");

  private static final Set<String> CANONICAL =
      Set.of(CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.INCLUSIVE);

  private SignedElement() {}

  /** Refuses the element unless one of the certificates' keys signed all of it. */
  static void verify(Element signed, List<X509Certificate> certificates) throws RejectedSaml {
    Element signature = SafeXml.requiredChild(signed, SamlNames.SIGNATURE, "Signature");
    String id = SafeXml.attribute(signed, "ID");
    if (id == null
        || id.isEmpty()
        || !SafeXml.children(signature, SamlNames.SIGNATURE, "Object").isEmpty()) {
      throw refused();
    }
    signed.setIdAttributeNS(null, "ID", true);
    for (X509Certificate certificate : certificates) {
      if (verifies(signature, id, certificate.getPublicKey())) {
        return;
      }
    }
    throw refused();
  }

  private static RejectedSaml refused() {
    return new RejectedSaml(RejectedSaml.Reason.SIGNATURE, "the signature is not good");
  }

  private static boolean verifies(Element element, String id, Key key) throws RejectedSaml {
    DOMValidateContext context =
        new DOMValidateContext(KeySelector.singletonKeySelector(key), element);
    context.setProperty("org.jcp.xml.dsig.secureValidation", true);
    try {
      XMLSignature signature =
          XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      requireProfile(signature.getSignedInfo(), id);
      return signature.validate(context);
    } catch (MarshalException | XMLSignatureException | ClassCastException notGood) {
      return false;
    }
  }

  private static void requireProfile(SignedInfo info, String id) throws RejectedSaml {
    List<Reference> references = info.getReferences();
    if (references.size() != 1
        || !SIGNATURES.contains(info.getSignatureMethod().getAlgorithm())
        || !CANONICAL.contains(info.getCanonicalizationMethod().getAlgorithm())) {
      throw refused();
    }
    Reference reference = references.getFirst();
    if (!("#" + id).equals(reference.getURI())
        || !DIGESTS.contains(reference.getDigestMethod().getAlgorithm())) {
      throw refused();
    }
    for (Transform transform : reference.getTransforms()) {
      if (!transform.getAlgorithm().equals(Transform.ENVELOPED)
          && !CANONICAL.contains(transform.getAlgorithm())) {
        throw refused();
      }
    }
  }
}
