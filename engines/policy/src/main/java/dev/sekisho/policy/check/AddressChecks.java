package dev.sekisho.policy.check;

import dev.sekisho.policy.ConditionOperator;
import dev.sekisho.policy.IpRange;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.ConditionView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Ranges of addresses: that they are ranges, and that a caller can come from them. */
final class AddressChecks {

  private static final List<IpRange> PRIVATE =
      List.of(
          range("10.0.0.0/8"), range("172.16.0.0/12"), range("192.168.0.0/16"), range("fc00::/7"));

  private AddressChecks() {}

  private static IpRange range(String text) {
    return Objects.requireNonNull(IpRange.parse(text), text);
  }

  static void check(ConditionView condition, ConditionOperator operator, Findings findings) {
    List<Place> hidden = new ArrayList<>();
    int known = 0;
    for (Place value : condition.values()) {
      String text = String.valueOf(value.scalar());
      if (Variables.isIn(text)) {
        continue;
      }
      IpRange range = IpRange.parse(text);
      if (range == null) {
        findings.at(
            value,
            PolicyIssue.TYPE_MISMATCH_IP_RANGE,
            "operator",
            condition.operatorPlace().nameText());
        continue;
      }
      known++;
      String better = withoutHostBits(range);
      if (!better.isEmpty()) {
        findings.at(value, PolicyIssue.IMPROVE_IP_RANGE, "addr", better);
      }
      if (isPrivate(range)) {
        hidden.add(value);
      }
    }
    if (condition.isKey("aws:SourceIp") && !hidden.isEmpty()) {
      boolean all = hidden.size() == known && known == condition.values().size();
      findings.atAll(hidden, issue(operator.negated(), all));
    }
  }

  private static PolicyIssue issue(boolean negated, boolean all) {
    if (negated) {
      return all ? PolicyIssue.PRIVATE_NOT_IP_ADDRESS : PolicyIssue.PRIVATE_NOT_IP_ADDRESS_SUBSET;
    }
    return all ? PolicyIssue.PRIVATE_IP_ADDRESS : PolicyIssue.PRIVATE_IP_ADDRESS_SUBSET;
  }

  private static boolean isPrivate(IpRange range) {
    return PRIVATE.stream()
        .anyMatch(
            network -> network.prefix() <= range.prefix() && network.contains(range.network()));
  }

  /** The range as it is taken, or an empty text when it is written so already. */
  private static String withoutHostBits(IpRange range) {
    byte[] network = range.network().clone();
    boolean changed = false;
    for (int bit = range.prefix(); bit < network.length * 8; bit++) {
      int mask = 0x80 >> (bit % 8);
      changed |= (network[bit / 8] & mask) != 0;
      network[bit / 8] &= (byte) ~mask;
    }
    if (!changed) {
      return "";
    }
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + range.prefix();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }
}
