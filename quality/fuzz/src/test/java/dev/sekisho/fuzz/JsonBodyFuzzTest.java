package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.wire.protocol.AwsJson;

/** A JSON body is read whole or refused, and what was read can be written and read again. */
class JsonBodyFuzzTest {

  private static final String TYPE = "application/x-amz-json-1.1";
  private static final Bodies<EncryptRequest> ENCRYPT =
      Bodies.of(AwsJson.VERSION_1_1, EncryptRequest.SHAPE);
  private static final Bodies<CreateKeyRequest> CREATE_KEY =
      Bodies.of(AwsJson.VERSION_1_1, CreateKeyRequest.SHAPE);

  @FuzzTest(maxDuration = "1m")
  void isReadOrRefused(byte[] body) {
    ENCRYPT.goesRound(TYPE, body);
    CREATE_KEY.goesRound(TYPE, body);
  }
}
