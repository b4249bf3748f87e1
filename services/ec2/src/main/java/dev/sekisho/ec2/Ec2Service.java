package dev.sekisho.ec2;

import dev.sekisho.contract.ec2.DescribeAvailabilityZonesRequest;
import dev.sekisho.contract.ec2.DescribeAvailabilityZonesResult;
import dev.sekisho.contract.ec2.DescribeRegionsRequest;
import dev.sekisho.contract.ec2.DescribeRegionsResult;
import dev.sekisho.contract.ec2.Ec2Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** EC2's operations, one line each. */
public final class Ec2Service implements Ec2Api {

  @Override
  public Guarded<DescribeAvailabilityZonesResult> describeAvailabilityZones(
      Call<DescribeAvailabilityZonesRequest> call) {
    return DescribeAvailabilityZones.handle(call);
  }

  @Override
  public Guarded<DescribeRegionsResult> describeRegions(Call<DescribeRegionsRequest> call) {
    return DescribeRegions.handle(call);
  }
}
