package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.DeleteImportedKeyMaterialRequest;
import dev.sekisho.contract.kms.DeleteImportedKeyMaterialResponse;
import dev.sekisho.contract.kms.GetParametersForImportRequest;
import dev.sekisho.contract.kms.GetParametersForImportResponse;
import dev.sekisho.contract.kms.ImportKeyMaterialRequest;
import dev.sekisho.contract.kms.ImportKeyMaterialResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyWrapping;
import dev.sekisho.kms.ImportTokens.Token;
import dev.sekisho.kms.ImportedMaterial.Entry;
import dev.sekisho.kms.Keys.KeyUse;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings key material in from outside, and takes it away again. */
final class KeyImport {

  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  private final Keys keys;
  private final KeyAccess access;
  private final MaterialStore materials;
  private final MaterialExpiry expiry;
  private final ImportTokens tokens;
  private final RegionalMaterial regional;
  private final NewMaterial newMaterial;

  KeyImport(
      Keys keys,
      KeyAccess access,
      MaterialStore materials,
      MaterialExpiry expiry,
      ImportTokens tokens,
      RegionalMaterial regional,
      NewMaterial newMaterial) {
    this.keys = keys;
    this.access = access;
    this.materials = materials;
    this.expiry = expiry;
    this.tokens = tokens;
    this.regional = regional;
    this.newMaterial = newMaterial;
  }

  Guarded<GetParametersForImportResponse> parameters(Call<GetParametersForImportRequest> call) {
    String action = "kms:GetParametersForImport";
    GetParametersForImportRequest input = call.input();
    Key key = keys.manage(call, input.keyId(), action);
    Map<String, List<String>> conditions =
        Map.of(
            "kms:WrappingAlgorithm", List.of(input.wrappingAlgorithm()),
            "kms:WrappingKeySpec", List.of(input.wrappingKeySpec()));
    return Guarded.by(
        access.of(call, action, new KeyUse(key, null), conditions),
        _ -> {
          ImportRules.requireExternal(key);
          KeyPairSpec wrappingKey = KeyPairSpec.valueOf(input.wrappingKeySpec());
          KeyWrapping wrapping =
              ImportRules.wrapping(key.spec(), input.wrappingAlgorithm(), wrappingKey);
          AsymmetricKey pair = newMaterial.pair(wrappingKey);
          Instant validTo = call.context().time().plus(TOKEN_LIFE);
          return Outcome.answer(
              GetParametersForImportResponse.builder()
                  .keyId(key.name().arn())
                  .importToken(tokens.seal(new Token(key.name(), wrapping, validTo, pair)))
                  .publicKey(pair.subjectPublicKeyInfo())
                  .parametersValidTo(validTo)
                  .build());
        });
  }

  Guarded<ImportKeyMaterialResponse> bringIn(Call<ImportKeyMaterialRequest> call) {
    String action = "kms:ImportKeyMaterial";
    ImportKeyMaterialRequest input = call.input();
    Key key = keys.manage(call, input.keyId(), action);
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put(
        "kms:ExpirationModel",
        List.of(requireNonNullElse(input.expirationModel(), ImportRules.EXPIRES)));
    if (input.validTo() != null) {
      conditions.put("kms:ValidTo", List.of(input.validTo().toString()));
    }
    return Guarded.by(
        access.of(call, action, new KeyUse(key, null), conditions),
        _ -> {
          Instant now = call.context().time();
          Instant validTo = ImportRules.validTo(input.expirationModel(), input.validTo(), now);
          ImportRules.requireExternal(key);
          Token token = tokens.open(input.importToken(), key.name(), now);
          Material material = unwrap(key, token, input.encryptedKeyMaterial().bytes());
          return keys.change(
              call,
              key.name(),
              (transaction, found) -> {
                ImportRules.requireExternal(found);
                String id = keep(transaction, found, material, input, validTo, now);
                expiry.settle(transaction, found.name());
                return ImportKeyMaterialResponse.builder()
                    .keyId(found.name().arn())
                    .keyMaterialId(found.spec().isSymmetricEncryption() ? id : null)
                    .build();
              });
        });
  }

  private Material unwrap(Key key, Token token, byte[] wrapped) {
    try {
      Secret bytes = token.wrapping().unwrap(token.pair(), wrapped);
      return ImportRules.material(newMaterial.id(), key, bytes);
    } catch (CryptoException refused) {
      throw KmsErrors.invalidCiphertext();
    }
  }

  private String keep(
      Transaction transaction,
      Key key,
      Material material,
      ImportKeyMaterialRequest input,
      @Nullable Instant validTo,
      Instant now) {
    List<Entry> known = materials.entries(StoreTransaction.handle(transaction), key.name());
    boolean first = known.isEmpty() && key.isLeading();
    boolean isNew =
        requireNonNullElse(input.importType(), first ? ImportRules.NEW : "EXISTING_KEY_MATERIAL")
            .equals(ImportRules.NEW);
    if (isNew) {
      key.requireLeading();
    }
    Optional<Entry> same =
        known.stream().filter(entry -> materials.isSame(entry, material)).findFirst();
    String description = input.keyMaterialDescription();
    if (isNew && same.isEmpty() && (known.isEmpty() || key.spec().isSymmetricEncryption())) {
      requireNothingPending(key, known, material);
      MaterialState state =
          known.isEmpty() ? MaterialState.CURRENT : MaterialState.PENDING_ROTATION;
      materials.insertImported(transaction, material, state, description, validTo, now);
      if (known.isEmpty()) {
        keys.setMaterial(transaction, key.name(), material.id());
      }
      regional.remember(transaction, key, entry(transaction, key, material.id()), now);
      return material.id();
    }
    Entry entry =
        same.filter(
                found -> input.keyMaterialId() == null || input.keyMaterialId().equals(found.id()))
            .orElseThrow(ImportRules::incorrect);
    materials.restore(
        transaction,
        new Material(entry.id(), key.name(), material.bytes(), material.publicKey()),
        description == null ? entry.description() : description,
        validTo);
    return entry.id();
  }

  private static void requireNothingPending(Key key, List<Entry> known, Material material) {
    for (Entry entry : known) {
      if (entry.state() == MaterialState.PENDING_ROTATION) {
        throw KmsErrors.invalidState(
            "New key material (id: "
                + material.id()
                + ") cannot be imported into KMS key "
                + key.name().arn()
                + ", because another key material (id: "
                + entry.id()
                + ") is pending rotation.");
      }
    }
  }

  Guarded<DeleteImportedKeyMaterialResponse> delete(Call<DeleteImportedKeyMaterialRequest> call) {
    String action = "kms:DeleteImportedKeyMaterial";
    DeleteImportedKeyMaterialRequest input = call.input();
    Key key = keys.manage(call, input.keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          ImportRules.requireExternal(key);
          return keys.change(
              call,
              key.name(),
              (transaction, found) -> {
                ImportRules.requireExternal(found);
                String id =
                    input.keyMaterialId() == null ? found.materialId() : input.keyMaterialId();
                if (id != null) {
                  destroy(transaction, found, id);
                }
                return DeleteImportedKeyMaterialResponse.builder()
                    .keyId(found.name().arn())
                    .keyMaterialId(found.spec().isSymmetricEncryption() ? id : null)
                    .build();
              });
        });
  }

  private Entry entry(Transaction transaction, Key key, String id) {
    return materials.entries(StoreTransaction.handle(transaction), key.name()).stream()
        .filter(found -> found.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            KmsErrors.notFound("Key material " + id + " does not exist in " + key.name().arn()));
  }

  private void destroy(Transaction transaction, Key key, String id) {
    Entry entry = entry(transaction, key, id);
    if (entry.state() == MaterialState.PENDING_ROTATION && key.isLeading()) {
      // It never was in use, so there is nothing that it would have to be known again for.
      regional.forget(transaction, key, id);
    } else {
      materials.destroy(transaction, key.name(), id);
    }
    expiry.settle(transaction, key.name());
  }
}
