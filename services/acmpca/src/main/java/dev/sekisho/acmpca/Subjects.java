package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.ASN1Subject;
import dev.sekisho.contract.acmpca.CustomAttribute;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/** Names as the API spells them, as X.500 has them. */
final class Subjects {

  private Subjects() {}

  /**
   * The name.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException when standard attributes and
   *     custom ones are mixed, or one is no attribute
   */
  static X500Name name(ASN1Subject subject) {
    List<CustomAttribute> custom = subject.customAttributes();
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    add(builder, BCStyle.C, subject.country());
    add(builder, BCStyle.O, subject.organization());
    add(builder, BCStyle.OU, subject.organizationalUnit());
    add(builder, BCStyle.DN_QUALIFIER, subject.distinguishedNameQualifier());
    add(builder, BCStyle.ST, subject.state());
    add(builder, BCStyle.CN, subject.commonName());
    add(builder, BCStyle.SERIALNUMBER, subject.serialNumber());
    add(builder, BCStyle.L, subject.locality());
    add(builder, BCStyle.T, subject.title());
    add(builder, BCStyle.SURNAME, subject.surname());
    add(builder, BCStyle.GIVENNAME, subject.givenName());
    add(builder, BCStyle.INITIALS, subject.initials());
    add(builder, BCStyle.PSEUDONYM, subject.pseudonym());
    add(builder, BCStyle.GENERATION, subject.generationQualifier());
    if (custom != null) {
      if (builder.build().getRDNs().length > 0) {
        throw AcmPcaErrors.invalidArgs(
            "Custom attributes cannot be used together with standard attributes.");
      }
      for (CustomAttribute each : custom) {
        add(builder, identifier(each.objectIdentifier()), each.value());
      }
    }
    return builder.build();
  }

  private static void add(
      X500NameBuilder builder, ASN1ObjectIdentifier type, @Nullable String value) {
    if (value == null) {
      return;
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw AcmPcaErrors.invalidArgs("The subject has an attribute with a control character.");
    }
    try {
      builder.addRDN(type, value);
    } catch (IllegalArgumentException notOfTheAttribute) {
      throw AcmPcaErrors.invalidArgs("The subject has an attribute that is not valid.");
    }
  }

  /**
   * An object identifier.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException
   */
  static ASN1ObjectIdentifier identifier(String text) {
    ASN1ObjectIdentifier read = ASN1ObjectIdentifier.tryFromID(text);
    if (read == null) {
      throw AcmPcaErrors.invalidArgs(text + " is not an object identifier.");
    }
    return read;
  }
}
