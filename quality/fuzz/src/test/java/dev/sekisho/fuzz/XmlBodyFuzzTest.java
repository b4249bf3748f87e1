package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.contract.sts.AssumeRoleRequest;
import dev.sekisho.wire.protocol.RestXml;

/** An XML body is read whole or refused; nothing outside it is ever fetched. */
class XmlBodyFuzzTest {

  private static final Bodies<AssumeRoleRequest> ASSUME_ROLE =
      Bodies.of(RestXml.INSTANCE, AssumeRoleRequest.SHAPE);

  @FuzzTest(maxDuration = "1m")
  void isReadOrRefused(byte[] body) {
    ASSUME_ROLE.read("application/xml", body);
  }
}
