package dev.sekisho.acmpca;

import dev.sekisho.core.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * A template: what a certificate is for, and whose wishes it takes besides.
 *
 * @param pathLength of an authority's certificate; null for no limit
 * @param usage what the key is for; null when the template leaves that open
 * @param purposes what the certificate is for; empty when the template leaves that open
 * @param purposesCritical whether those who do not know the purposes must refuse it
 * @param takesApi whether extensions and the subject of the call count
 * @param takesCsr whether all extensions of the request count, not only its names
 * @see <a
 *     href="https://docs.aws.amazon.com/privateca/latest/userguide/UsingTemplates.html">Templates</a>
 */
record Template(
    String arn,
    Kind kind,
    @Nullable Integer pathLength,
    @Nullable KeyUsage usage,
    List<KeyPurposeId> purposes,
    boolean purposesCritical,
    boolean criticalConstraints,
    boolean takesApi,
    boolean takesCsr) {

  /** Whose certificate it is. */
  enum Kind {
    ROOT,
    SUBORDINATE,
    END_ENTITY
  }

  /** What a call gets that names no template. */
  static final String DEFAULT = "arn:aws:acm-pca:::template/EndEntityCertificate/V1";

  private static final String PREFIX = "arn:aws:acm-pca:::template/";
  private static final String SUFFIX = "/V1";
  private static final String PATH_LENGTH = "_PathLen";
  private static final int LONGEST_PATH = 3;
  private static final int ENCIPHERS = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;

  private static final Map<String, Body> END_ENTITIES =
      Map.of(
          "EndEntityCertificate",
          new Body(ENCIPHERS, false, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
          "EndEntityClientAuthCertificate",
          new Body(ENCIPHERS, false, KeyPurposeId.id_kp_clientAuth),
          "EndEntityServerAuthCertificate",
          new Body(ENCIPHERS, false, KeyPurposeId.id_kp_serverAuth),
          "CodeSigningCertificate",
          new Body(KeyUsage.digitalSignature, true, KeyPurposeId.id_kp_codeSigning),
          "OCSPSigningCertificate",
          new Body(KeyUsage.digitalSignature, true, KeyPurposeId.id_kp_OCSPSigning));

  private record Body(int usage, boolean critical, List<KeyPurposeId> purposes) {
    Body(int usage, boolean critical, KeyPurposeId... purposes) {
      this(usage, critical, List.of(purposes));
    }
  }

  private record Passthrough(String suffix, boolean api, boolean csr) {}

  private static final List<Passthrough> PASSTHROUGHS =
      List.of(
          new Passthrough("_APICSRPassthrough", true, true),
          new Passthrough("_APIPassthrough", true, false),
          new Passthrough("_CSRPassthrough", false, true),
          new Passthrough("", false, false));

  /**
   * The template of the ARN.
   *
   * @throws ServiceException InvalidArgsException when there is none
   */
  static Template of(@Nullable String arn) {
    String wanted = arn == null ? DEFAULT : arn;
    if (!wanted.startsWith(PREFIX) || !wanted.endsWith(SUFFIX)) {
      throw unknown(wanted);
    }
    String name = wanted.substring(PREFIX.length(), wanted.length() - SUFFIX.length());
    Passthrough passthrough =
        PASSTHROUGHS.stream().filter(each -> name.endsWith(each.suffix())).findFirst().get();
    String base = name.substring(0, name.length() - passthrough.suffix().length());
    return endEntity(wanted, base, passthrough)
        .or(() -> blankEndEntity(wanted, base, passthrough))
        .or(() -> authority(wanted, base, passthrough))
        .orElseThrow(() -> unknown(wanted));
  }

  private static ServiceException unknown(String arn) {
    return AcmPcaErrors.invalidArgs("The template " + arn + " does not exist.");
  }

  private static Optional<Template> endEntity(String arn, String base, Passthrough passthrough) {
    return Optional.ofNullable(END_ENTITIES.get(base))
        .map(body ->
            new Template(
                arn,
                Kind.END_ENTITY,
                null,
                new KeyUsage(body.usage()),
                body.purposes(),
                body.critical(),
                false,
                passthrough.api(),
                passthrough.csr()));
  }

  private static Optional<Template> blankEndEntity(
      String arn, String base, Passthrough passthrough) {
    boolean critical = base.equals("BlankEndEntityCertificate_CriticalBasicConstraints");
    boolean takes = passthrough.api() || passthrough.csr();
    return takes && (critical || base.equals("BlankEndEntityCertificate"))
        ? Optional.of(
            new Template(
                arn,
                Kind.END_ENTITY,
                null,
                null,
                List.of(),
                false,
                critical,
                passthrough.api(),
                passthrough.csr()))
        : Optional.empty();
  }

  private static Optional<Template> authority(String arn, String base, Passthrough passthrough) {
    Integer pathLength = null;
    String kind = base;
    int at = base.indexOf(PATH_LENGTH);
    if (at >= 0 && base.length() == at + PATH_LENGTH.length() + 1) {
      pathLength = base.charAt(base.length() - 1) - '0';
      kind = base.substring(0, at);
      if (pathLength < 0 || pathLength > LONGEST_PATH) {
        return Optional.empty();
      }
    }
    boolean api = passthrough.api();
    boolean csr = passthrough.csr();
    boolean there =
        switch (kind) {
          case "RootCACertificate" -> pathLength == null && !csr;
          case "BlankRootCACertificate" -> api && !csr;
          case "SubordinateCACertificate" -> pathLength != null;
          case "BlankSubordinateCACertificate" -> pathLength != null && (api || csr);
          default -> false;
        };
    return there
        ? Optional.of(
            new Template(
                arn,
                kind.contains("Root") ? Kind.ROOT : Kind.SUBORDINATE,
                pathLength,
                kind.startsWith("Blank")
                    ? null
                    : new KeyUsage(
                        KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign),
                List.of(),
                false,
                true,
                api,
                csr))
        : Optional.empty();
  }
}
