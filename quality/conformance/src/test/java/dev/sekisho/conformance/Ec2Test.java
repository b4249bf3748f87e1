package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;

/** EC2's regions and zones through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ec2Test {

  private SekishoInstance sekisho;
  private Ec2Client ec2;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    ec2 = sekisho.client(Ec2Client.builder());
  }

  @AfterAll
  void stop() {
    ec2.close();
    sekisho.close();
  }

  @Test
  void regionsAreListedAndFiltered() {
    assertThat(ec2.describeRegions().regions()).hasSizeGreaterThan(30);
    assertThat(
            ec2.describeRegions(r -> r.filters(f -> f.name("region-name").values("eu-west-?")))
                .regions())
        .extracting(region -> region.regionName())
        .containsExactly("eu-west-1", "eu-west-2", "eu-west-3");
    assertThat(ec2.describeRegions(r -> r.regionNames("ap-northeast-1")).regions())
        .singleElement()
        .satisfies(region -> {
          assertThat(region.endpoint()).isEqualTo("ec2.ap-northeast-1.amazonaws.com");
          assertThat(region.optInStatus()).isEqualTo("opt-in-not-required");
        });
    refused(
        "InvalidParameterValue",
        400,
        "Invalid region provided: [mars-1]",
        () -> ec2.describeRegions(r -> r.regionNames("mars-1")));
    refused(
        "InvalidParameterValue",
        400,
        "The filter 'colour' is invalid",
        () -> ec2.describeRegions(r -> r.filters(f -> f.name("colour").values("red"))));
    refused(
        "DryRunOperation",
        412,
        "Request would have succeeded, but DryRun flag is set.",
        () -> ec2.describeRegions(r -> r.dryRun(true)));
  }

  @Test
  void zonesAreThoseOfTheRegionSignedFor() {
    assertThat(ec2.describeAvailabilityZones().availabilityZones())
        .extracting(AvailabilityZone::zoneName)
        .containsExactly(
            "us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f");
    assertThat(ec2.describeAvailabilityZones(r -> r.zoneIds("use1-az2")).availabilityZones())
        .extracting(AvailabilityZone::zoneName)
        .containsExactly("us-east-1b");
    try (Ec2Client tokyo = sekisho.client(Ec2Client.builder(), Region.AP_NORTHEAST_1)) {
      assertThat(tokyo.describeAvailabilityZones().availabilityZones())
          .extracting(AvailabilityZone::zoneId)
          .containsExactly("apne1-az1", "apne1-az2", "apne1-az3", "apne1-az4");
    }
  }
}
