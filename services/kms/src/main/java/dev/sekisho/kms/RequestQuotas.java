package dev.sekisho.kms;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How often KMS may be called in a second: AWS's own figures, or others in their place.
 *
 * @param own figures that differ from AWS's, by the quota's name
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html">Request
 *     quotas</a>
 */
public record RequestQuotas(Map<String, Double> own) {

  static final String SYMMETRIC = "symmetric";
  static final String RSA = "rsa";
  static final String ECC = "ecc";
  static final String ML = "ml";
  static final String SM = "sm";

  /** What begins the name of a quota of data key pairs, before their kind. */
  static final String PAIRS = "GenerateDataKeyPair/";

  /** The word for AWS's own figures. */
  private static final String AWS = "aws";

  private static final Set<String> LARGE = Set.of("us-east-1", "us-west-2", "eu-west-1");
  private static final Set<String> MEDIUM =
      Set.of(
          "us-east-2",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-northeast-1",
          "eu-central-1",
          "eu-west-2");

  private static final Map<String, Double> FIGURES =
      Map.ofEntries(
          Map.entry(RSA, 500.0),
          Map.entry(ECC, 300.0),
          Map.entry(ML, 300.0),
          Map.entry(SM, 300.0),
          Map.entry("CancelKeyDeletion", 5.0),
          Map.entry("CreateAlias", 5.0),
          Map.entry("CreateGrant", 50.0),
          Map.entry("CreateKey", 5.0),
          Map.entry("DeleteAlias", 15.0),
          Map.entry("DeleteImportedKeyMaterial", 5.0),
          Map.entry("DescribeKey", 2_000.0),
          Map.entry("DisableKey", 5.0),
          Map.entry("DisableKeyRotation", 5.0),
          Map.entry("EnableKey", 5.0),
          Map.entry("EnableKeyRotation", 15.0),
          Map.entry(PAIRS + "ECC_NIST_EDWARDS25519", 25.0),
          Map.entry(PAIRS + "ECC_NIST_P256", 25.0),
          Map.entry(PAIRS + "ECC_NIST_P384", 10.0),
          Map.entry(PAIRS + "ECC_NIST_P521", 5.0),
          Map.entry(PAIRS + "ECC_SECG_P256K1", 25.0),
          Map.entry(PAIRS + "RSA_2048", 1.0),
          Map.entry(PAIRS + "RSA_3072", 0.5),
          Map.entry(PAIRS + "RSA_4096", 0.1),
          Map.entry("GetKeyPolicy", 1_000.0),
          Map.entry("GetKeyRotationStatus", 1_000.0),
          Map.entry("GetParametersForImport", 0.25),
          Map.entry("GetPublicKey", 2_000.0),
          Map.entry("ImportKeyMaterial", 5.0),
          Map.entry("ListAliases", 500.0),
          Map.entry("ListGrants", 100.0),
          Map.entry("ListKeyPolicies", 100.0),
          Map.entry("ListKeyRotations", 100.0),
          Map.entry("ListKeys", 500.0),
          Map.entry("ListResourceTags", 2_000.0),
          Map.entry("ListRetirableGrants", 100.0),
          Map.entry("PutKeyPolicy", 15.0),
          Map.entry("ReplicateKey", 5.0),
          Map.entry("RetireGrant", 30.0),
          Map.entry("RevokeGrant", 30.0),
          Map.entry("RotateKeyOnDemand", 5.0),
          Map.entry("ScheduleKeyDeletion", 15.0),
          Map.entry("TagResource", 10.0),
          Map.entry("UntagResource", 5.0),
          Map.entry("UpdateAlias", 5.0),
          Map.entry("UpdateKeyDescription", 5.0),
          Map.entry("UpdatePrimaryRegion", 5.0));

  public RequestQuotas {
    own = Map.copyOf(own);
  }

  /**
   * Reads {@code aws}, which may be followed by figures of one's own as in {@code
   * aws,CreateKey=1,symmetric=100}.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  public static RequestQuotas parse(String text) {
    String[] parts = text.split(",", -1);
    if (!parts[0].equals(AWS)) {
      throw new IllegalArgumentException(
          "--kms-request-quotas begins with " + AWS + ", not with " + parts[0]);
    }
    Map<String, Double> own = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int sign = parts[i].indexOf('=');
      String name = sign < 0 ? parts[i] : parts[i].substring(0, sign);
      if (!FIGURES.containsKey(name) && !name.equals(SYMMETRIC)) {
        throw new IllegalArgumentException("--kms-request-quotas knows no quota " + name);
      }
      own.put(name, figure(parts[i].substring(sign + 1)));
    }
    return new RequestQuotas(own);
  }

  private static double figure(String text) {
    try {
      double figure = Double.parseDouble(text);
      if (figure > 0 && figure <= 1_000_000) {
        return figure;
      }
    } catch (NumberFormatException notANumber) {
      // The same refusal as for a number out of range.
    }
    throw new IllegalArgumentException(
        "--kms-request-quotas takes numbers above 0 up to 1000000, not " + text);
  }

  /** Calls in a second; without end for what has no quota. */
  double of(String name, String region) {
    Double figure = own.get(name);
    if (figure != null) {
      return figure;
    }
    return name.equals(SYMMETRIC)
        ? symmetric(region)
        : Objects.requireNonNullElse(FIGURES.get(name), Double.POSITIVE_INFINITY);
  }

  private static double symmetric(String region) {
    return LARGE.contains(region) ? 50_000 : MEDIUM.contains(region) ? 10_000 : 5_500;
  }
}
