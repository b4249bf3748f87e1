package dev.sekisho.crypto.x509;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/**
 * The names that authorities may vouch for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10">RFC 5280, 4.2.1.10</a>
 */
public final class NameConstraintRules {

  private final List<NameConstraints> constraints;

  private NameConstraintRules(List<NameConstraints> constraints) {
    this.constraints = List.copyOf(constraints);
  }

  /**
   * The rules of all authorities of a path.
   *
   * @throws RefusedInput when one has rules that nobody can read
   */
  public static NameConstraintRules of(List<X509Certificate> authorities) throws RefusedInput {
    List<NameConstraints> found = new ArrayList<>();
    for (X509Certificate authority : authorities) {
      byte[] value = authority.getExtensionValue(Extension.nameConstraints.getId());
      if (value != null) {
        try {
          found.add(
              NameConstraints.getInstance(
                  ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(value).getOctets())));
        } catch (IOException | IllegalArgumentException malformed) {
          throw RefusedInput.unreadable("name constraint");
        }
      }
    }
    return new NameConstraintRules(found);
  }

  /** Whether anything is ruled. */
  public boolean isEmpty() {
    return constraints.isEmpty();
  }

  /**
   * Refuses names that an authority may not vouch for.
   *
   * @throws RefusedInput with the kind of name
   */
  public void require(X500Name subject, GeneralNames alternatives) throws RefusedInput {
    if (constraints.isEmpty()) {
      return;
    }
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    try {
      for (NameConstraints each : constraints) {
        if (each.getPermittedSubtrees() != null) {
          validator.intersectPermittedSubtree(each.getPermittedSubtrees());
        }
        GeneralSubtree[] excluded = each.getExcludedSubtrees();
        for (GeneralSubtree subtree : excluded == null ? new GeneralSubtree[0] : excluded) {
          validator.addExcludedSubtree(subtree);
        }
      }
      ASN1Sequence name = ASN1Sequence.getInstance(subject.toASN1Primitive());
      if (name.size() > 0) {
        validator.checkPermittedDN(subject);
        validator.checkExcludedDN(subject);
      }
      for (GeneralName each : alternatives.getNames()) {
        validator.checkPermitted(each);
        validator.checkExcluded(each);
      }
    } catch (NameConstraintValidatorException | RuntimeException forbidden) {
      throw new RefusedInput("A name constraint of the certificate authority forbids a name.");
    }
  }
}
