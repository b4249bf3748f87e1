package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.ReEncryptRequest;
import dev.sekisho.contract.kms.ReEncryptResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Ciphertexts.Opened;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves a ciphertext from one key to another; the plaintext stays inside. */
final class ReEncrypt {

  private static final String FROM = "kms:ReEncryptFrom";
  private static final String TO = "kms:ReEncryptTo";

  private final Keys keys;
  private final KeyAccess access;
  private final Ciphertexts ciphertexts;

  ReEncrypt(Keys keys, KeyAccess access, Ciphertexts ciphertexts) {
    this.keys = keys;
    this.access = access;
    this.ciphertexts = ciphertexts;
  }

  Guarded<ReEncryptResponse> handle(Call<ReEncryptRequest> call) {
    ReEncryptRequest input = call.input();
    DryRun.requireCiphertext(input.ciphertextBlob(), input.dryRun(), input.dryRunModifiers());
    String from = requireNonNullElse(input.sourceEncryptionAlgorithm(), Ciphertexts.SYMMETRIC);
    String to = requireNonNullElse(input.destinationEncryptionAlgorithm(), Ciphertexts.SYMMETRIC);
    KeyUse source = ciphertexts.source(call, input.sourceKeyId(), input.ciphertextBlob(), FROM);
    KeyUse destination = keys.use(call, input.destinationKeyId(), TO);
    return Guarded.by(
        accesses(call, source, from, destination, to),
        _ -> Outcome.answer(reEncrypt(input, source.key(), from, destination.key(), to)));
  }

  private Access accesses(
      Call<ReEncryptRequest> call, KeyUse source, String from, KeyUse destination, String to) {
    List<String> same =
        List.of(String.valueOf(source.key().name().equals(destination.key().name())));
    return Access.of(
        check(call, FROM, source, call.input().sourceEncryptionContext(), from, same),
        check(call, TO, destination, call.input().destinationEncryptionContext(), to, same));
  }

  private AccessCheck check(
      Call<?> call,
      String action,
      KeyUse use,
      @Nullable Map<String, String> context,
      String algorithm,
      List<String> same) {
    Map<String, List<String>> conditions = KeyAccess.encryption(context, algorithm);
    conditions.put("kms:ReEncryptOnSameKey", same);
    return access.of(call, action, use, conditions);
  }

  private ReEncryptResponse reEncrypt(
      ReEncryptRequest input, Key source, String from, Key destination, String to) {
    destination.requireUsable();
    Opened opened =
        ciphertexts.open(
            source, "ReEncrypt", from, input.sourceEncryptionContext(), input.ciphertextBlob());
    try {
      destination.requireUsage(KeyUsage.ENCRYPT_DECRYPT, "ReEncrypt");
      destination.requireAlgorithm(to);
      DryRun.stop(input.dryRun());
      Blob sealed =
          ciphertexts.seal(
              destination, to, input.destinationEncryptionContext(), opened.plaintext());
      return ReEncryptResponse.builder()
          .ciphertextBlob(sealed)
          .sourceKeyId(source.name().arn())
          .keyId(destination.name().arn())
          .sourceEncryptionAlgorithm(from)
          .destinationEncryptionAlgorithm(to)
          .sourceKeyMaterialId(opened.materialId())
          .destinationKeyMaterialId(destination.symmetricMaterialId())
          .build();
    } finally {
      Arrays.fill(opened.plaintext(), (byte) 0);
    }
  }
}
