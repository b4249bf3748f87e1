package dev.sekisho.crypto.x509;

import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/** What a subject's name may be: texts without control characters, of a bounded length. */
public final class DistinguishedNames {

  /** Characters of one attribute. */
  public static final int LONGEST_VALUE = 256;

  private static final int MOST_ATTRIBUTES = 150;

  private DistinguishedNames() {}

  /**
   * Refuses names that are shown otherwise than they are compared.
   *
   * @throws RefusedInput for control characters (NUL above all), binary values, huge names
   */
  public static void require(X500Name name) throws RefusedInput {
    int attributes = 0;
    for (RDN rdn : name.getRDNs()) {
      for (AttributeTypeAndValue each : rdn.getTypesAndValues()) {
        attributes++;
        if (attributes > MOST_ATTRIBUTES) {
          throw new RefusedInput("The subject has more than " + MOST_ATTRIBUTES + " attributes.");
        }
        if (!(each.getValue() instanceof ASN1String text)) {
          throw new RefusedInput("The subject has an attribute that is no text.");
        }
        requireText(text.getString());
      }
    }
  }

  private static void requireText(String text) throws RefusedInput {
    if (text.length() > LONGEST_VALUE) {
      throw new RefusedInput("The subject has an attribute that is too long.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedInput("The subject has an attribute with a control character.");
    }
  }
}
