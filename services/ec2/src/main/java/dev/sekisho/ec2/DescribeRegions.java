package dev.sekisho.ec2;

import dev.sekisho.contract.ec2.DescribeRegionsRequest;
import dev.sekisho.contract.ec2.DescribeRegionsResult;
import dev.sekisho.contract.ec2.Region;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the regions. */
final class DescribeRegions {

  private DescribeRegions() {}

  static Guarded<DescribeRegionsResult> handle(Call<DescribeRegionsRequest> call) {
    DescribeRegionsRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("ec2:DescribeRegions", "*"),
        _ -> {
          if (Boolean.TRUE.equals(input.dryRun())) {
            throw Ec2Errors.dryRunOperation();
          }
          requireKnown(input.regionNames());
          return Outcome.answer(
              DescribeRegionsResult.builder()
                  .regions(
                      RegionTable.regions().stream()
                          .filter(region ->
                              input.regionNames() == null
                                  || input.regionNames().contains(region.name()))
                          .filter(region ->
                              Filters.pass(input.filters(), name -> attribute(region, name)))
                          .map(DescribeRegions::shown)
                          .toList())
                  .build());
        });
  }

  private static void requireKnown(@Nullable List<String> names) {
    if (names == null) {
      return;
    }
    for (String name : names) {
      if (RegionTable.regions().stream().noneMatch(region -> region.name().equals(name))) {
        throw Ec2Errors.invalidParameterValue("Invalid region provided: [" + name + "]");
      }
    }
  }

  private static @Nullable String attribute(RegionTable.Entry region, String name) {
    return switch (name) {
      case "endpoint" -> endpoint(region);
      case "opt-in-status" -> region.optInStatus();
      case "region-name" -> region.name();
      default -> null;
    };
  }

  private static Region shown(RegionTable.Entry region) {
    return Region.builder()
        .endpoint(endpoint(region))
        .regionName(region.name())
        .optInStatus(region.optInStatus())
        .build();
  }

  private static String endpoint(RegionTable.Entry region) {
    return "ec2." + region.name() + ".amazonaws.com";
  }
}
