package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.SignRequest;
import dev.sekisho.contract.kms.SignResponse;
import dev.sekisho.contract.kms.VerifyRequest;
import dev.sekisho.contract.kms.VerifyResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.MessageType;
import dev.sekisho.crypto.Signatures;
import dev.sekisho.crypto.SigningAlgorithm;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs with private keys, and verifies with the public ones that belong to them. */
final class Signing {

  private final Keys keys;
  private final KeyAccess access;

  Signing(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  Guarded<SignResponse> sign(Call<SignRequest> call) {
    String action = "kms:Sign";
    SignRequest input = call.input();
    MessageType type = type(input.messageType());
    KeyUse use = keys.use(call, input.keyId(), action);
    Key key = use.key();
    return Guarded.by(
        access.of(call, action, use, conditions(input.signingAlgorithm(), type)),
        _ -> {
          SigningAlgorithm algorithm =
              algorithm(key, input.signingAlgorithm(), type, input.message(), "Sign");
          DryRun.stop(input.dryRun());
          byte[] signature =
              Signatures.sign(keys.pair(key), algorithm, type, input.message().bytes());
          return Outcome.answer(
              SignResponse.builder()
                  .keyId(key.name().arn())
                  .signature(Blob.of(signature))
                  .signingAlgorithm(algorithm.name())
                  .build());
        });
  }

  Guarded<VerifyResponse> verify(Call<VerifyRequest> call) {
    String action = "kms:Verify";
    VerifyRequest input = call.input();
    MessageType type = type(input.messageType());
    KeyUse use = keys.use(call, input.keyId(), action);
    Key key = use.key();
    return Guarded.by(
        access.of(call, action, use, conditions(input.signingAlgorithm(), type)),
        _ -> {
          SigningAlgorithm algorithm =
              algorithm(key, input.signingAlgorithm(), type, input.message(), "Verify");
          boolean valid =
              Signatures.verify(
                  keys.pair(key),
                  algorithm,
                  type,
                  input.message().bytes(),
                  input.signature().bytes());
          if (!valid) {
            throw new ServiceException("KMSInvalidSignatureException", 400, "");
          }
          DryRun.stop(input.dryRun());
          return Outcome.answer(
              VerifyResponse.builder()
                  .keyId(key.name().arn())
                  .signatureValid(true)
                  .signingAlgorithm(algorithm.name())
                  .build());
        });
  }

  private static MessageType type(@Nullable String asked) {
    return MessageType.valueOf(requireNonNullElse(asked, MessageType.RAW.name()));
  }

  private static Map<String, List<String>> conditions(String algorithm, MessageType type) {
    return Map.of(
        "kms:SigningAlgorithm", List.of(algorithm), "kms:MessageType", List.of(type.name()));
  }

  private static SigningAlgorithm algorithm(
      Key key, String asked, MessageType type, Blob message, String operation) {
    key.requireUsable();
    key.requireUsage(KeyUsage.SIGN_VERIFY, operation);
    SigningAlgorithm algorithm = SigningAlgorithm.valueOf(key.requireAlgorithm(asked));
    if (!algorithm.takes(type)) {
      throw KmsErrors.validation(
          "MessageType " + type + " is incompatible with algorithm " + algorithm + ".");
    }
    if (type != MessageType.RAW && message.length() != algorithm.digestBytes()) {
      throw KmsErrors.validation("Digest is invalid length for algorithm " + algorithm + ".");
    }
    return algorithm;
  }
}
