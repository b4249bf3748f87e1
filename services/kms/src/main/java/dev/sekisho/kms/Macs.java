package dev.sekisho.kms;

import dev.sekisho.contract.kms.GenerateMacRequest;
import dev.sekisho.contract.kms.GenerateMacResponse;
import dev.sekisho.contract.kms.VerifyMacRequest;
import dev.sekisho.contract.kms.VerifyMacResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.MessageAuthentication;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;

/** Vouches for messages by codes that only the key can make or check. */
final class Macs {

  private final Keys keys;
  private final KeyAccess access;

  Macs(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  Guarded<GenerateMacResponse> generate(Call<GenerateMacRequest> call) {
    String action = "kms:GenerateMac";
    GenerateMacRequest input = call.input();
    KeyUse use = keys.use(call, input.keyId(), action);
    Key key = use.key();
    return Guarded.by(
        access.of(call, action, use, conditions(input.macAlgorithm())),
        _ -> {
          MessageAuthentication algorithm = algorithm(key, input.macAlgorithm(), "GenerateMac");
          DryRun.stop(input.dryRun());
          byte[] code = algorithm.code(keys.current(key).bytes(), input.message().bytes());
          return Outcome.answer(
              GenerateMacResponse.builder()
                  .mac(Blob.of(code))
                  .macAlgorithm(input.macAlgorithm())
                  .keyId(key.name().arn())
                  .build());
        });
  }

  Guarded<VerifyMacResponse> verify(Call<VerifyMacRequest> call) {
    String action = "kms:VerifyMac";
    VerifyMacRequest input = call.input();
    KeyUse use = keys.use(call, input.keyId(), action);
    Key key = use.key();
    return Guarded.by(
        access.of(call, action, use, conditions(input.macAlgorithm())),
        _ -> {
          MessageAuthentication algorithm = algorithm(key, input.macAlgorithm(), "VerifyMac");
          boolean valid =
              algorithm.verify(
                  keys.current(key).bytes(), input.message().bytes(), input.mac().bytes());
          if (!valid) {
            throw new ServiceException("KMSInvalidMacException", 400, "");
          }
          DryRun.stop(input.dryRun());
          return Outcome.answer(
              VerifyMacResponse.builder()
                  .keyId(key.name().arn())
                  .macValid(true)
                  .macAlgorithm(input.macAlgorithm())
                  .build());
        });
  }

  private static Map<String, List<String>> conditions(String algorithm) {
    return Map.of("kms:MacAlgorithm", List.of(algorithm));
  }

  private static MessageAuthentication algorithm(Key key, String algorithm, String operation) {
    key.requireUsable();
    key.requireUsage(KeyUsage.GENERATE_VERIFY_MAC, operation);
    return MessageAuthentication.valueOf(key.requireAlgorithm(algorithm));
  }
}
