package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.IssueCertificateRequest;
import dev.sekisho.contract.acmpca.Validity;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.x509.CertificateDraft;
import dev.sekisho.crypto.x509.CertificateExtension;
import dev.sekisho.crypto.x509.DistinguishedNames;
import dev.sekisho.crypto.x509.RefusedInput;
import dev.sekisho.crypto.x509.SigningRequest;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/** Signs what a call asks for, if the authority may vouch for it. */
final class Issuing {

  /** How many certificates one part of partitioned revocation lists covers. */
  static final long PART = 10_000;

  private static final Duration BACK = Duration.ofMinutes(60);
  private static final Duration SHORT_LIFE = Duration.ofDays(7);
  private static final int SERIAL_BYTES = 16;

  private final AuthorityKeys keys;
  private final Drafts drafts;
  private final Randomness randomness;

  Issuing(AuthorityKeys keys, Drafts drafts, Randomness randomness) {
    this.keys = keys;
    this.drafts = drafts;
    this.randomness = randomness;
  }

  /**
   * The certificate, not kept yet.
   *
   * @param requestedBy the service that asks; null when the caller does
   * @throws ServiceException MalformedCSRException, InvalidArgsException, InvalidStateException
   */
  IssuedCertificate issue(
      StoredAuthority authority,
      IssueCertificateRequest input,
      @Nullable String requestedBy,
      Instant now) {
    Template template = Template.of(input.templateArn());
    requireState(authority, template, now);
    OpenAuthority open =
        keys.open(
            authority,
            KeyAlgorithms.signature(AuthorityKeys.spec(authority), input.signingAlgorithm()));
    SigningRequest request = request(input.csr());
    if (template.kind() == Template.Kind.ROOT
        && !request.publicKey().equals(open.issuer().publicKey())) {
      throw AcmPcaErrors.malformedCsr(
          "A root CA certificate is issued to the certificate authority itself only.");
    }
    requireBelow(open, template);
    long part = authority.hasPartitionedLists() ? authority.issued() / PART : 0;
    X500Name subject = Drafts.subject(template, input.apiPassthrough(), request);
    List<CertificateExtension> extensions =
        drafts.extensions(
            authority, open.issuer().publicKey(), template, input.apiPassthrough(), request, part);
    requireNames(open, template, subject, extensions);
    Instant from = from(input.validityNotBefore(), now);
    Instant end = end(authority, template, input.validity(), from, now);
    BigInteger serial = serial();
    byte[] certificate =
        open.issuer()
            .sign(
                new CertificateDraft(serial, subject, request.publicKey(), from, end, extensions));
    return new IssuedCertificate(
        authority.arn(),
        hexadecimal(serial),
        Blob.of(certificate),
        template.arn(),
        requestedBy,
        now,
        end,
        part,
        null,
        null);
  }

  /** A serial number as ARNs have it. */
  static String hexadecimal(BigInteger serial) {
    String digits = serial.toString(16);
    return "0".repeat(Math.max(0, 2 * SERIAL_BYTES - digits.length())) + digits;
  }

  private static void requireState(StoredAuthority authority, Template template, Instant now) {
    String status = authority.statusAt(now);
    boolean ready =
        template.kind() == Template.Kind.ROOT
            ? authority.root() && !status.equals("DISABLED")
            : status.equals("ACTIVE");
    if (!ready) {
      throw AcmPcaErrors.wrongState(authority, status);
    }
  }

  private static SigningRequest request(Blob csr) {
    try {
      return SigningRequest.read(csr.bytes());
    } catch (RefusedInput refused) {
      throw AcmPcaErrors.malformedCsr(refused.message());
    }
  }

  private static void requireBelow(OpenAuthority open, Template template) {
    if (template.kind() != Template.Kind.SUBORDINATE) {
      return;
    }
    int wanted = template.pathLength() == null ? Integer.MAX_VALUE - 1 : template.pathLength();
    if (wanted >= open.authoritiesBelow()) {
      throw AcmPcaErrors.invalidArgs(
          "The template's path length is not less than that of the certificate authority.");
    }
  }

  private static void requireNames(
      OpenAuthority open,
      Template template,
      X500Name subject,
      List<CertificateExtension> extensions) {
    GeneralNames alternatives = alternatives(extensions);
    for (GeneralName each : alternatives.getNames()) {
      requireName(each);
    }
    try {
      DistinguishedNames.require(subject);
      if (template.kind() != Template.Kind.ROOT) {
        open.constraints().require(subject, alternatives);
      }
    } catch (RefusedInput refused) {
      throw AcmPcaErrors.malformedCsr(refused.message());
    }
  }

  private static GeneralNames alternatives(List<CertificateExtension> extensions) {
    try {
      return extensions.stream()
          .filter(each -> each.id().equals(Extension.subjectAlternativeName.getId()))
          .findFirst()
          .map(each -> GeneralNames.getInstance(each.value().bytes()))
          .orElseGet(() -> new GeneralNames(new GeneralName[0]));
    } catch (IllegalArgumentException malformed) {
      throw AcmPcaErrors.malformedCsr("The subject alternative names are malformed.");
    }
  }

  private static void requireName(GeneralName name) {
    boolean text =
        name.getTagNo() == GeneralName.dNSName
            || name.getTagNo() == GeneralName.rfc822Name
            || name.getTagNo() == GeneralName.uniformResourceIdentifier;
    if (!text) {
      return;
    }
    String value = ((ASN1String) name.getName()).getString();
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)
        || (name.getTagNo() == GeneralName.dNSName && !AlternativeNames.isDns(value))) {
      throw AcmPcaErrors.malformedCsr("A subject alternative name is not valid.");
    }
  }

  private static Instant from(@Nullable Validity asked, Instant now) {
    return (asked == null ? now.minus(BACK) : Validities.end(asked, now))
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant end(
      StoredAuthority authority, Template template, Validity validity, Instant from, Instant now) {
    Instant end = Validities.end(validity, now).truncatedTo(ChronoUnit.SECONDS);
    if (!end.isAfter(from) || !end.isAfter(now)) {
      throw AcmPcaErrors.invalidArgs("The certificate validity specified ends before it begins.");
    }
    StoredAuthority.Own own = authority.own();
    if (template.kind() != Template.Kind.ROOT && own != null && end.isAfter(own.notAfter())) {
      throw AcmPcaErrors.invalidArgs(
          "The certificate validity specified exceeds the certificate authority validity.");
    }
    if (authority.shortLived()
        && template.kind() == Template.Kind.END_ENTITY
        && end.isAfter(now.plus(SHORT_LIFE))) {
      throw AcmPcaErrors.invalidArgs(
          "A certificate authority for short-lived certificates issues for at most seven days.");
    }
    return end;
  }

  private BigInteger serial() {
    byte[] bytes = randomness.bytes(SERIAL_BYTES);
    // Positive, and always of the same length.
    bytes[0] = (byte) ((bytes[0] & 0x7f) | 0x40);
    return new BigInteger(1, bytes);
  }

  /** The number that a caller writes with or without colons, as ARNs have it. */
  static @Nullable String number(String text) {
    String digits = text.replace(":", "").toLowerCase(java.util.Locale.ROOT);
    if (digits.isEmpty()
        || digits.length() > 2 * SERIAL_BYTES
        || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      return null;
    }
    return "0".repeat(2 * SERIAL_BYTES - digits.length()) + digits;
  }
}
