package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.EdiPartyName;
import dev.sekisho.contract.acmpca.OtherName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** General names as the API spells them, as X.509 has them. */
final class AlternativeNames {

  /** LDH labels with underscores, a wildcard as the first label only; A-labels for the rest. */
  private static final Pattern DNS =
      Pattern.compile(
          "(\\*\\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
              + "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

  private AlternativeNames() {}

  /**
   * The names.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException when one is none
   */
  static GeneralNames of(List<dev.sekisho.contract.acmpca.GeneralName> names) {
    return new GeneralNames(names.stream().map(AlternativeNames::of).toArray(GeneralName[]::new));
  }

  /** One name. */
  static GeneralName of(dev.sekisho.contract.acmpca.GeneralName name) {
    List<GeneralName> given = new ArrayList<>();
    if (name.otherName() != null) {
      given.add(new GeneralName(GeneralName.otherName, other(name.otherName())));
    }
    if (name.rfc822Name() != null) {
      given.add(new GeneralName(GeneralName.rfc822Name, ascii(name.rfc822Name())));
    }
    if (name.dnsName() != null) {
      given.add(new GeneralName(GeneralName.dNSName, dns(name.dnsName())));
    }
    if (name.directoryName() != null) {
      given.add(new GeneralName(Subjects.name(name.directoryName())));
    }
    if (name.ediPartyName() != null) {
      given.add(new GeneralName(GeneralName.ediPartyName, edi(name.ediPartyName())));
    }
    if (name.uniformResourceIdentifier() != null) {
      given.add(
          new GeneralName(
              GeneralName.uniformResourceIdentifier, ascii(name.uniformResourceIdentifier())));
    }
    if (name.ipAddress() != null) {
      given.add(address(name.ipAddress()));
    }
    if (name.registeredId() != null) {
      given.add(
          new GeneralName(GeneralName.registeredID, Subjects.identifier(name.registeredId())));
    }
    if (given.size() != 1) {
      throw AcmPcaErrors.invalidArgs("A general name must have exactly one of its members.");
    }
    return given.getFirst();
  }

  /**
   * A name as DNS has it.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException for homographs (other letters
   *     than ASCII's), misplaced wildcards, control characters
   */
  static String dns(String name) {
    if (!isDns(name)) {
      throw AcmPcaErrors.invalidArgs(name + " is not a valid DNS name.");
    }
    return name;
  }

  static boolean isDns(String name) {
    return DNS.matcher(name).matches();
  }

  private static String ascii(String text) {
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw AcmPcaErrors.invalidArgs("A general name has a character that is not allowed.");
    }
    return text;
  }

  private static GeneralName address(String text) {
    try {
      return new GeneralName(GeneralName.iPAddress, ascii(text));
    } catch (IllegalArgumentException notAnAddress) {
      throw AcmPcaErrors.invalidArgs(text + " is not a valid IP address.");
    }
  }

  private static DERSequence other(OtherName name) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(Subjects.identifier(name.typeId()));
    parts.add(new DERTaggedObject(true, 0, new DERUTF8String(name.value())));
    return new DERSequence(parts);
  }

  private static DERSequence edi(EdiPartyName name) {
    List<ASN1Encodable> parts = new ArrayList<>();
    if (name.nameAssigner() != null) {
      parts.add(new DERTaggedObject(true, 0, new DERUTF8String(name.nameAssigner())));
    }
    parts.add(new DERTaggedObject(true, 1, new DERUTF8String(name.partyName())));
    return new DERSequence(parts.toArray(ASN1Encodable[]::new));
  }
}
