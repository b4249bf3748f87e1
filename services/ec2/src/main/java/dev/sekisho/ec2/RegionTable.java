package dev.sekisho.ec2;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The regions of the partition {@code aws} and their availability zones.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html">AWS
 *     Regions</a>
 */
public final class RegionTable {

  /**
   * A region.
   *
   * @param zonePrefix what its zones' ids begin with, for example {@code use1}
   * @param optIn whether an account has to ask for it; here every account has
   * @param zones how many availability zones it has
   */
  public record Entry(String name, String zonePrefix, boolean optIn, int zones) {

    String optInStatus() {
      return optIn ? "opted-in" : "opt-in-not-required";
    }

    List<Zone> availabilityZones() {
      return IntStream.range(0, zones)
          .mapToObj(i -> new Zone(name, name + (char) ('a' + i), zonePrefix + "-az" + (i + 1)))
          .toList();
    }
  }

  /** An availability zone. Names and ids are in step, though AWS shuffles them by account. */
  record Zone(String region, String name, String id) {}

  private static final List<Entry> REGIONS =
      List.of(
          optIn("af-south-1", "afs1", 3),
          optIn("ap-east-1", "ape1", 3),
          usual("ap-northeast-1", "apne1", 4),
          usual("ap-northeast-2", "apne2", 4),
          usual("ap-northeast-3", "apne3", 3),
          usual("ap-south-1", "aps1", 3),
          optIn("ap-south-2", "aps2", 3),
          usual("ap-southeast-1", "apse1", 3),
          usual("ap-southeast-2", "apse2", 3),
          optIn("ap-southeast-3", "apse3", 3),
          optIn("ap-southeast-4", "apse4", 3),
          optIn("ap-southeast-5", "apse5", 3),
          optIn("ap-southeast-7", "apse7", 3),
          usual("ca-central-1", "cac1", 3),
          optIn("ca-west-1", "caw1", 3),
          usual("eu-central-1", "euc1", 3),
          optIn("eu-central-2", "euc2", 3),
          usual("eu-north-1", "eun1", 3),
          optIn("eu-south-1", "eus1", 3),
          optIn("eu-south-2", "eus2", 3),
          usual("eu-west-1", "euw1", 3),
          usual("eu-west-2", "euw2", 3),
          usual("eu-west-3", "euw3", 3),
          optIn("il-central-1", "ilc1", 3),
          optIn("me-central-1", "mec1", 3),
          optIn("me-south-1", "mes1", 3),
          optIn("mx-central-1", "mxc1", 3),
          usual("sa-east-1", "sae1", 3),
          usual("us-east-1", "use1", 6),
          usual("us-east-2", "use2", 3),
          usual("us-west-1", "usw1", 3),
          usual("us-west-2", "usw2", 4));

  private RegionTable() {}

  private static Entry usual(String name, String prefix, int zones) {
    return new Entry(name, prefix, false, zones);
  }

  private static Entry optIn(String name, String prefix, int zones) {
    return new Entry(name, prefix, true, zones);
  }

  /** All regions, by name. */
  public static List<Entry> regions() {
    return REGIONS;
  }

  /** The names of all regions. */
  public static Set<String> names() {
    return REGIONS.stream().map(Entry::name).collect(Collectors.toUnmodifiableSet());
  }
}
