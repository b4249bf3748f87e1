package dev.sekisho.ec2;

import dev.sekisho.contract.ec2.AvailabilityZone;
import dev.sekisho.contract.ec2.DescribeAvailabilityZonesRequest;
import dev.sekisho.contract.ec2.DescribeAvailabilityZonesResult;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the availability zones of the region that the call was signed for. */
final class DescribeAvailabilityZones {

  private DescribeAvailabilityZones() {}

  static Guarded<DescribeAvailabilityZonesResult> handle(
      Call<DescribeAvailabilityZonesRequest> call) {
    DescribeAvailabilityZonesRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("ec2:DescribeAvailabilityZones", "*"),
        _ -> {
          if (Boolean.TRUE.equals(input.dryRun())) {
            throw Ec2Errors.dryRunOperation();
          }
          List<RegionTable.Zone> zones =
              RegionTable.regions().stream()
                  .filter(region -> region.name().equals(call.region()))
                  .flatMap(region -> region.availabilityZones().stream())
                  .toList();
          requireKnown(input.zoneNames(), zones, RegionTable.Zone::name);
          requireKnown(input.zoneIds(), zones, RegionTable.Zone::id);
          return Outcome.answer(
              DescribeAvailabilityZonesResult.builder()
                  .availabilityZones(
                      zones.stream()
                          .filter(zone -> named(input.zoneNames(), zone.name()))
                          .filter(zone -> named(input.zoneIds(), zone.id()))
                          .filter(
                              zone -> Filters.pass(input.filters(), name -> attribute(zone, name)))
                          .map(DescribeAvailabilityZones::shown)
                          .toList())
                  .build());
        });
  }

  private static boolean named(@Nullable List<String> wanted, String value) {
    return wanted == null || wanted.contains(value);
  }

  private static void requireKnown(
      @Nullable List<String> wanted,
      List<RegionTable.Zone> zones,
      Function<RegionTable.Zone, String> attribute) {
    if (wanted == null) {
      return;
    }
    for (String each : wanted) {
      if (zones.stream().map(attribute).noneMatch(each::equals)) {
        throw Ec2Errors.invalidParameterValue("Invalid availability zone: [" + each + "]");
      }
    }
  }

  private static @Nullable String attribute(RegionTable.Zone zone, String name) {
    return switch (name) {
      case "group-name" -> zone.region();
      case "message", "parent-zone-id", "parent-zone-name" -> "";
      case "opt-in-status" -> "opt-in-not-required";
      case "region-name" -> zone.region();
      case "state" -> "available";
      case "zone-id" -> zone.id();
      case "zone-name" -> zone.name();
      case "zone-type" -> "availability-zone";
      default -> null;
    };
  }

  private static AvailabilityZone shown(RegionTable.Zone zone) {
    return AvailabilityZone.builder()
        .state("available")
        .optInStatus("opt-in-not-required")
        .messages(List.of())
        .regionName(zone.region())
        .zoneName(zone.name())
        .zoneId(zone.id())
        .groupName(zone.region())
        .networkBorderGroup(zone.region())
        .zoneType("availability-zone")
        .build();
  }
}
