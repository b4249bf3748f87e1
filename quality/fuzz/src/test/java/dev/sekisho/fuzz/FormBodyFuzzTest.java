package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.contract.ec2.DescribeRegionsRequest;
import dev.sekisho.contract.sts.AssumeRoleRequest;
import dev.sekisho.wire.protocol.Ec2Query;
import dev.sekisho.wire.protocol.Query;

/** A form is read whole or refused, in the naming of both query protocols. */
class FormBodyFuzzTest {

  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final Bodies<AssumeRoleRequest> ASSUME_ROLE =
      Bodies.of(Query.INSTANCE, AssumeRoleRequest.SHAPE);
  private static final Bodies<DescribeRegionsRequest> DESCRIBE_REGIONS =
      Bodies.of(Ec2Query.INSTANCE, DescribeRegionsRequest.SHAPE);

  @FuzzTest(maxDuration = "1m")
  void isReadOrRefused(byte[] body) {
    ASSUME_ROLE.read(TYPE, body);
    DESCRIBE_REGIONS.read(TYPE, body);
  }
}
