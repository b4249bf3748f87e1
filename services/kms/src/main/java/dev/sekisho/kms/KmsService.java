package dev.sekisho.kms;

import dev.sekisho.contract.kms.CancelKeyDeletionRequest;
import dev.sekisho.contract.kms.CancelKeyDeletionResponse;
import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateAliasResponse;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.CreateKeyResponse;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DecryptResponse;
import dev.sekisho.contract.kms.DeleteAliasRequest;
import dev.sekisho.contract.kms.DeleteAliasResponse;
import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.DescribeKeyResponse;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.DisableKeyResponse;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyResponse;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.EncryptResponse;
import dev.sekisho.contract.kms.GenerateDataKeyRequest;
import dev.sekisho.contract.kms.GenerateDataKeyResponse;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextResponse;
import dev.sekisho.contract.kms.GenerateRandomRequest;
import dev.sekisho.contract.kms.GenerateRandomResponse;
import dev.sekisho.contract.kms.GetKeyPolicyRequest;
import dev.sekisho.contract.kms.GetKeyPolicyResponse;
import dev.sekisho.contract.kms.KmsApi;
import dev.sekisho.contract.kms.ListAliasesRequest;
import dev.sekisho.contract.kms.ListAliasesResponse;
import dev.sekisho.contract.kms.ListKeyPoliciesRequest;
import dev.sekisho.contract.kms.ListKeyPoliciesResponse;
import dev.sekisho.contract.kms.ListKeysRequest;
import dev.sekisho.contract.kms.ListKeysResponse;
import dev.sekisho.contract.kms.PutKeyPolicyRequest;
import dev.sekisho.contract.kms.PutKeyPolicyResponse;
import dev.sekisho.contract.kms.ReEncryptRequest;
import dev.sekisho.contract.kms.ReEncryptResponse;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionResponse;
import dev.sekisho.contract.kms.UpdateAliasRequest;
import dev.sekisho.contract.kms.UpdateAliasResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.Schema;

/** KMS's operations, one line each. */
public final class KmsService implements KmsApi {

  /** KMS's tables. */
  public static final Schema SCHEMA = new Schema(KmsService.class, "kms", 1);

  private final KeyDeletion keyDeletion;
  private final CreateKey createKey;
  private final DescribeKey describeKey;
  private final ListKeys listKeys;
  private final Aliases aliases;
  private final KeyPolicies policies;
  private final KeyAvailability availability;
  private final DeletionSchedule deletion;
  private final Encrypt encrypt;
  private final Decrypt decrypt;
  private final ReEncrypt reEncrypt;
  private final DataKeys dataKeys;
  private final GenerateRandom generateRandom;

  public KmsService(
      Database database, ChangeStamps stamps, Keyring keyring, Randomness randomness) {
    AliasStore aliasStore = new AliasStore();
    KeyStore store = new KeyStore(aliasStore, new TagStore());
    MaterialStore materials = new MaterialStore(keyring);
    keyDeletion = new KeyDeletion(database, stamps, store, materials);
    Keys keys = new Keys(database, stamps, store, aliasStore, materials, keyDeletion);
    Ciphertexts ciphertexts = new Ciphertexts(keys, randomness);
    Markers markers = new Markers(new PageTokens(keyring));
    createKey = new CreateKey(store, materials, stamps, randomness);
    describeKey = new DescribeKey(keys);
    listKeys = new ListKeys(database, store, markers);
    aliases = new Aliases(database, keys, aliasStore, markers);
    policies = new KeyPolicies(keys, store);
    availability = new KeyAvailability(keys, store);
    deletion = new DeletionSchedule(keys, store);
    encrypt = new Encrypt(keys, ciphertexts);
    decrypt = new Decrypt(ciphertexts);
    reEncrypt = new ReEncrypt(keys, ciphertexts);
    dataKeys = new DataKeys(keys, ciphertexts, randomness);
    generateRandom = new GenerateRandom(randomness);
  }

  /** The deletion of keys whose time has come, for the server to run now and then. */
  public KeyDeletion keyDeletion() {
    return keyDeletion;
  }

  @Override
  public Guarded<CancelKeyDeletionResponse> cancelKeyDeletion(Call<CancelKeyDeletionRequest> call) {
    return deletion.cancel(call);
  }

  @Override
  public Guarded<CreateAliasResponse> createAlias(Call<CreateAliasRequest> call) {
    return aliases.create(call);
  }

  @Override
  public Guarded<CreateKeyResponse> createKey(Call<CreateKeyRequest> call) {
    return createKey.handle(call);
  }

  @Override
  public Guarded<DecryptResponse> decrypt(Call<DecryptRequest> call) {
    return decrypt.handle(call);
  }

  @Override
  public Guarded<DeleteAliasResponse> deleteAlias(Call<DeleteAliasRequest> call) {
    return aliases.delete(call);
  }

  @Override
  public Guarded<DescribeKeyResponse> describeKey(Call<DescribeKeyRequest> call) {
    return describeKey.handle(call);
  }

  @Override
  public Guarded<DisableKeyResponse> disableKey(Call<DisableKeyRequest> call) {
    return availability.disable(call);
  }

  @Override
  public Guarded<EnableKeyResponse> enableKey(Call<EnableKeyRequest> call) {
    return availability.enable(call);
  }

  @Override
  public Guarded<EncryptResponse> encrypt(Call<EncryptRequest> call) {
    return encrypt.handle(call);
  }

  @Override
  public Guarded<GenerateDataKeyResponse> generateDataKey(Call<GenerateDataKeyRequest> call) {
    return dataKeys.generate(call);
  }

  @Override
  public Guarded<GenerateDataKeyWithoutPlaintextResponse> generateDataKeyWithoutPlaintext(
      Call<GenerateDataKeyWithoutPlaintextRequest> call) {
    return dataKeys.generateWithoutPlaintext(call);
  }

  @Override
  public Guarded<GenerateRandomResponse> generateRandom(Call<GenerateRandomRequest> call) {
    return generateRandom.handle(call);
  }

  @Override
  public Guarded<GetKeyPolicyResponse> getKeyPolicy(Call<GetKeyPolicyRequest> call) {
    return policies.get(call);
  }

  @Override
  public Guarded<ListAliasesResponse> listAliases(Call<ListAliasesRequest> call) {
    return aliases.list(call);
  }

  @Override
  public Guarded<ListKeyPoliciesResponse> listKeyPolicies(Call<ListKeyPoliciesRequest> call) {
    return policies.list(call);
  }

  @Override
  public Guarded<ListKeysResponse> listKeys(Call<ListKeysRequest> call) {
    return listKeys.handle(call);
  }

  @Override
  public Guarded<PutKeyPolicyResponse> putKeyPolicy(Call<PutKeyPolicyRequest> call) {
    return policies.put(call);
  }

  @Override
  public Guarded<ReEncryptResponse> reEncrypt(Call<ReEncryptRequest> call) {
    return reEncrypt.handle(call);
  }

  @Override
  public Guarded<ScheduleKeyDeletionResponse> scheduleKeyDeletion(
      Call<ScheduleKeyDeletionRequest> call) {
    return deletion.schedule(call);
  }

  @Override
  public Guarded<UpdateAliasResponse> updateAlias(Call<UpdateAliasRequest> call) {
    return aliases.update(call);
  }
}
