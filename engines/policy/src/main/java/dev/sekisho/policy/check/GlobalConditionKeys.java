package dev.sekisho.policy.check;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys that begin with {@code aws:}, which all services share.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
 *     condition context keys</a>
 */
final class GlobalConditionKeys {

  /** What a key's values are. */
  enum ValueType {
    TEXT,
    ARN,
    BOOLEAN,
    DATE,
    EPOCH,
    NUMBER,
    IP,
    /** Compared as text or as an address, both of which AWS's own examples do. */
    TEXT_OR_IP
  }

  /** A key: its name, what its values are, and whether a request can have many of them. */
  record GlobalKey(String name, ValueType type, boolean multiValued) {}

  private static final Map<String, GlobalKey> KEYS = new HashMap<>();

  static {
    one(
        ValueType.TEXT,
        "aws:CalledViaFirst aws:CalledViaLast aws:Ec2InstanceSourceVpc aws:FederatedProvider"
            + " aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalServiceName aws:PrincipalType"
            + " aws:Referer aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID"
            + " aws:SourceAccount aws:SourceIdentity aws:SourceOrgID aws:SourceOwner aws:SourceVpc"
            + " aws:SourceVpce aws:UserAgent aws:VpceAccount aws:VpceOrgID aws:userid"
            + " aws:username aws:ChatbotSourceArn aws:CalledViaAWSMCP");
    one(ValueType.ARN, "aws:PrincipalArn aws:SourceArn aws:SourceVpcArn");
    one(
        ValueType.BOOLEAN,
        "aws:AssumedRoot aws:MultiFactorAuthPresent aws:PrincipalIsAWSService aws:SecureTransport"
            + " aws:ViaAWSService aws:ViaAWSMCPService aws:IsMcpServiceAction");
    one(ValueType.DATE, "aws:CurrentTime aws:TokenIssueTime");
    one(ValueType.EPOCH, "aws:EpochTime");
    one(ValueType.NUMBER, "aws:MultiFactorAuthAge");
    one(ValueType.IP, "aws:SourceIp aws:VpcSourceIp");
    one(ValueType.TEXT_OR_IP, "aws:Ec2InstanceSourcePrivateIPv4");
    for (String name :
        List.of(
            "aws:CalledVia",
            "aws:PrincipalOrgPaths",
            "aws:PrincipalServiceNamesList",
            "aws:ResourceOrgPaths",
            "aws:SourceOrgPaths",
            "aws:TagKeys",
            "aws:VpceOrgPaths")) {
      put(new GlobalKey(name, ValueType.TEXT, true));
    }
  }

  private GlobalConditionKeys() {}

  private static void one(ValueType type, String names) {
    for (String name : names.split(" ")) {
      put(new GlobalKey(name, type, false));
    }
  }

  private static void put(GlobalKey key) {
    KEYS.put(key.name().toLowerCase(Locale.ROOT), key);
  }

  static boolean isGlobal(String key) {
    return key.regionMatches(true, 0, "aws:", 0, 4);
  }

  /**
   * The key of that name, ignoring case; null when there is none. Tags' keys are not among them.
   */
  static @Nullable GlobalKey named(String name) {
    return KEYS.get(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the name is, or should be, followed by a tag's key. */
  static boolean isTagKey(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return folded.startsWith("aws:resourcetag")
        || folded.startsWith("aws:requesttag")
        || folded.startsWith("aws:principaltag");
  }
}
