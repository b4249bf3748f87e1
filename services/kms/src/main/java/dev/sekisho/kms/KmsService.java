package dev.sekisho.kms;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.kms.CancelKeyDeletionRequest;
import dev.sekisho.contract.kms.CancelKeyDeletionResponse;
import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateAliasResponse;
import dev.sekisho.contract.kms.CreateGrantRequest;
import dev.sekisho.contract.kms.CreateGrantResponse;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.CreateKeyResponse;
import dev.sekisho.contract.kms.DecapsulateRequest;
import dev.sekisho.contract.kms.DecapsulateResponse;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DecryptResponse;
import dev.sekisho.contract.kms.DeleteAliasRequest;
import dev.sekisho.contract.kms.DeleteAliasResponse;
import dev.sekisho.contract.kms.DeleteImportedKeyMaterialRequest;
import dev.sekisho.contract.kms.DeleteImportedKeyMaterialResponse;
import dev.sekisho.contract.kms.DeriveSharedSecretRequest;
import dev.sekisho.contract.kms.DeriveSharedSecretResponse;
import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.DescribeKeyResponse;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.DisableKeyResponse;
import dev.sekisho.contract.kms.DisableKeyRotationRequest;
import dev.sekisho.contract.kms.DisableKeyRotationResponse;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyResponse;
import dev.sekisho.contract.kms.EnableKeyRotationRequest;
import dev.sekisho.contract.kms.EnableKeyRotationResponse;
import dev.sekisho.contract.kms.EncapsulateRequest;
import dev.sekisho.contract.kms.EncapsulateResponse;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.EncryptResponse;
import dev.sekisho.contract.kms.GenerateDataKeyPairRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairResponse;
import dev.sekisho.contract.kms.GenerateDataKeyPairWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairWithoutPlaintextResponse;
import dev.sekisho.contract.kms.GenerateDataKeyRequest;
import dev.sekisho.contract.kms.GenerateDataKeyResponse;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextResponse;
import dev.sekisho.contract.kms.GenerateMacRequest;
import dev.sekisho.contract.kms.GenerateMacResponse;
import dev.sekisho.contract.kms.GenerateRandomRequest;
import dev.sekisho.contract.kms.GenerateRandomResponse;
import dev.sekisho.contract.kms.GetKeyLastUsageRequest;
import dev.sekisho.contract.kms.GetKeyLastUsageResponse;
import dev.sekisho.contract.kms.GetKeyPolicyRequest;
import dev.sekisho.contract.kms.GetKeyPolicyResponse;
import dev.sekisho.contract.kms.GetKeyRotationStatusRequest;
import dev.sekisho.contract.kms.GetKeyRotationStatusResponse;
import dev.sekisho.contract.kms.GetParametersForImportRequest;
import dev.sekisho.contract.kms.GetParametersForImportResponse;
import dev.sekisho.contract.kms.GetPublicKeyRequest;
import dev.sekisho.contract.kms.GetPublicKeyResponse;
import dev.sekisho.contract.kms.ImportKeyMaterialRequest;
import dev.sekisho.contract.kms.ImportKeyMaterialResponse;
import dev.sekisho.contract.kms.KmsApi;
import dev.sekisho.contract.kms.ListAliasesRequest;
import dev.sekisho.contract.kms.ListAliasesResponse;
import dev.sekisho.contract.kms.ListGrantsRequest;
import dev.sekisho.contract.kms.ListGrantsResponse;
import dev.sekisho.contract.kms.ListKeyPoliciesRequest;
import dev.sekisho.contract.kms.ListKeyPoliciesResponse;
import dev.sekisho.contract.kms.ListKeyRotationsRequest;
import dev.sekisho.contract.kms.ListKeyRotationsResponse;
import dev.sekisho.contract.kms.ListKeysRequest;
import dev.sekisho.contract.kms.ListKeysResponse;
import dev.sekisho.contract.kms.ListResourceTagsRequest;
import dev.sekisho.contract.kms.ListResourceTagsResponse;
import dev.sekisho.contract.kms.ListRetirableGrantsRequest;
import dev.sekisho.contract.kms.PutKeyPolicyRequest;
import dev.sekisho.contract.kms.PutKeyPolicyResponse;
import dev.sekisho.contract.kms.ReEncryptRequest;
import dev.sekisho.contract.kms.ReEncryptResponse;
import dev.sekisho.contract.kms.ReplicateKeyRequest;
import dev.sekisho.contract.kms.ReplicateKeyResponse;
import dev.sekisho.contract.kms.RetireGrantRequest;
import dev.sekisho.contract.kms.RetireGrantResponse;
import dev.sekisho.contract.kms.RevokeGrantRequest;
import dev.sekisho.contract.kms.RevokeGrantResponse;
import dev.sekisho.contract.kms.RotateKeyOnDemandRequest;
import dev.sekisho.contract.kms.RotateKeyOnDemandResponse;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionResponse;
import dev.sekisho.contract.kms.SignRequest;
import dev.sekisho.contract.kms.SignResponse;
import dev.sekisho.contract.kms.TagResourceRequest;
import dev.sekisho.contract.kms.TagResourceResponse;
import dev.sekisho.contract.kms.UntagResourceRequest;
import dev.sekisho.contract.kms.UntagResourceResponse;
import dev.sekisho.contract.kms.UpdateAliasRequest;
import dev.sekisho.contract.kms.UpdateAliasResponse;
import dev.sekisho.contract.kms.UpdateKeyDescriptionRequest;
import dev.sekisho.contract.kms.UpdateKeyDescriptionResponse;
import dev.sekisho.contract.kms.UpdatePrimaryRegionRequest;
import dev.sekisho.contract.kms.UpdatePrimaryRegionResponse;
import dev.sekisho.contract.kms.VerifyMacRequest;
import dev.sekisho.contract.kms.VerifyMacResponse;
import dev.sekisho.contract.kms.VerifyRequest;
import dev.sekisho.contract.kms.VerifyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.KeyPairPool;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SealedColumn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KMS's operations, one line each. */
public final class KmsService implements KmsApi {

  /** KMS's tables. */
  public static final Schema SCHEMA = new Schema(KmsService.class, "kms", 7);

  /** What of them the keyring has sealed. */
  public static final List<SealedColumn> SEALED = MaterialStore.SEALED;

  private final OpenedMaterial opened;
  private final ManagedKeys managed;
  private final @Nullable Throttle throttle;
  private final KeyDeletion keyDeletion;
  private final DueRotations dueRotations;
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
  private final Encapsulation encapsulation;
  private final LastUses lastUses;
  private final LastUseStore lastUseStore;
  private final DataKeys dataKeys;
  private final DataKeyPairs dataKeyPairs;
  private final KeyImport keyImport;
  private final Macs macs;
  private final Signing signing;
  private final GetPublicKey getPublicKey;
  private final DeriveSharedSecret deriveSharedSecret;
  private final GenerateRandom generateRandom;
  private final KeyDetails details;
  private final KeyRotation rotation;
  private final RotationHistory rotationHistory;
  private final MultiRegionKeys multiRegionKeys;
  private final Grants grants;
  private final GrantLists grantLists;

  /**
   * @param quotas how often accounts may call; null when they may call as often as they like
   */
  public KmsService(
      Database database,
      ChangeStamps stamps,
      EventLog log,
      Keyring keyring,
      Randomness randomness,
      PrincipalDirectory principals,
      @Nullable RequestQuotas quotas) {
    KeyStamps keyStamps = new KeyStamps(stamps);
    AliasStore aliasStore = new AliasStore();
    TagStore tagStore = new TagStore();
    GrantStore grantStore = new GrantStore();
    MaterialStore materials = new MaterialStore(keyring);
    KeyStore store = new KeyStore(aliasStore, tagStore, grantStore, materials, KeyStore.MOST_KEYS);
    RegionalMaterial regional = new RegionalMaterial(store, materials);
    KeyEvents events = new KeyEvents(log, randomness);
    lastUseStore = new LastUseStore(database);
    opened = new OpenedMaterial(database, keyStamps, materials);
    MaterialExpiry expiry =
        new MaterialExpiry(database, keyStamps, store, materials, opened, events);
    keyDeletion =
        new KeyDeletion(
            database, keyStamps, store, materials, expiry, opened, lastUseStore, events);
    NewMaterial newMaterial = new NewMaterial(randomness, new KeyPairPool());
    dueRotations = new DueRotations(database, keyStamps, store, regional, newMaterial, events);
    Keys keys =
        new Keys(database, keyStamps, store, aliasStore, opened, keyDeletion, expiry, dueRotations);
    throttle = quotas == null ? null : new Throttle(quotas, keys);
    managed = new ManagedKeys(database, keyStamps, store, aliasStore, materials, newMaterial);
    Ciphertexts ciphertexts = new Ciphertexts(keys, randomness);
    KeyAccess access = new KeyAccess(new GrantedPolicies(database, keyStamps, grantStore));
    PageTokens tokens = new PageTokens(keyring);
    Markers markers = new Markers(tokens);
    KeyPolicyRules policyRules = new KeyPolicyRules(principals);
    createKey = new CreateKey(store, materials, keyStamps, newMaterial, randomness, policyRules);
    describeKey = new DescribeKey(keys, access, managed);
    listKeys = new ListKeys(database, store, markers);
    aliases = new Aliases(database, keyStamps, keys, access, aliasStore, markers);
    policies = new KeyPolicies(keys, access, store, policyRules);
    OwnKeyChange changes = new OwnKeyChange(keys, access);
    lastUses = new LastUses(keys, access, lastUseStore);
    availability = new KeyAvailability(changes, store, lastUses);
    deletion = new DeletionSchedule(changes, store, lastUses);
    encrypt = new Encrypt(keys, access, ciphertexts);
    decrypt = new Decrypt(access, ciphertexts);
    encapsulation = new Encapsulation(keys, access);
    reEncrypt = new ReEncrypt(keys, access, ciphertexts);
    dataKeys = new DataKeys(keys, access, ciphertexts, randomness);
    dataKeyPairs = new DataKeyPairs(keys, access, ciphertexts, newMaterial);
    keyImport =
        new KeyImport(
            keys, access, materials, expiry, new ImportTokens(keyring), regional, newMaterial);
    macs = new Macs(keys, access);
    signing = new Signing(keys, access);
    getPublicKey = new GetPublicKey(keys, access);
    deriveSharedSecret = new DeriveSharedSecret(keys, access);
    generateRandom = new GenerateRandom(randomness);
    details = new KeyDetails(changes, keys, access, store, tagStore, markers);
    rotation =
        new KeyRotation(changes, keys, access, store, materials, dueRotations, regional, events);
    rotationHistory = new RotationHistory(database, keys, access, materials, regional, markers);
    multiRegionKeys = new MultiRegionKeys(keys, access, store, regional, policyRules);
    grants =
        new Grants(
            database, keys, access, grantStore, new GrantTokens(tokens), randomness, principals);
    grantLists = new GrantLists(database, keys, access, grantStore, markers);
  }

  /** Does everything whose time has come, for the server to call now and then. */
  public void sweep(Instant now) {
    var _ = keyDeletion.sweep(now);
    var _ = dueRotations.sweep(now);
    lastUseStore.gather();
    opened.prune();
  }

  /**
   * Turns the call away when its account calls too often; without quotas nobody does.
   *
   * @throws dev.sekisho.core.ServiceException ThrottlingException
   */
  public void admit(Call<?> call) {
    if (throttle != null) {
      throttle.admit(call);
    }
  }

  /** KMS for the other services, which reach it through the gates. */
  public KeyService keyService(InnerCalls calls, Randomness randomness) {
    return new ServiceKeys(this, managed, calls, randomness);
  }

  /** The deletion of keys and material whose time has come. */
  public KeyDeletion keyDeletion() {
    return keyDeletion;
  }

  /** The rotation of keys whose schedule has come due. */
  public DueRotations dueRotations() {
    return dueRotations;
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
  public Guarded<DecapsulateResponse> decapsulate(Call<DecapsulateRequest> call) {
    return encapsulation.decapsulate(call);
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
  public Guarded<EncapsulateResponse> encapsulate(Call<EncapsulateRequest> call) {
    return encapsulation.encapsulate(call);
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
  public Guarded<GetKeyLastUsageResponse> getKeyLastUsage(Call<GetKeyLastUsageRequest> call) {
    return lastUses.get(call);
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

  @Override
  public Guarded<CreateGrantResponse> createGrant(Call<CreateGrantRequest> call) {
    return grants.create(call);
  }

  @Override
  public Guarded<ListGrantsResponse> listGrants(Call<ListGrantsRequest> call) {
    return grantLists.ofKey(call);
  }

  @Override
  public Guarded<ListGrantsResponse> listRetirableGrants(Call<ListRetirableGrantsRequest> call) {
    return grantLists.retirable(call);
  }

  @Override
  public Guarded<RetireGrantResponse> retireGrant(Call<RetireGrantRequest> call) {
    return grants.retire(call);
  }

  @Override
  public Guarded<RevokeGrantResponse> revokeGrant(Call<RevokeGrantRequest> call) {
    return grants.revoke(call);
  }

  @Override
  public Guarded<TagResourceResponse> tagResource(Call<TagResourceRequest> call) {
    return details.tag(call);
  }

  @Override
  public Guarded<UntagResourceResponse> untagResource(Call<UntagResourceRequest> call) {
    return details.untag(call);
  }

  @Override
  public Guarded<ListResourceTagsResponse> listResourceTags(Call<ListResourceTagsRequest> call) {
    return details.list(call);
  }

  @Override
  public Guarded<UpdateKeyDescriptionResponse> updateKeyDescription(
      Call<UpdateKeyDescriptionRequest> call) {
    return details.describe(call);
  }

  @Override
  public Guarded<GenerateMacResponse> generateMac(Call<GenerateMacRequest> call) {
    return macs.generate(call);
  }

  @Override
  public Guarded<VerifyMacResponse> verifyMac(Call<VerifyMacRequest> call) {
    return macs.verify(call);
  }

  @Override
  public Guarded<SignResponse> sign(Call<SignRequest> call) {
    return signing.sign(call);
  }

  @Override
  public Guarded<VerifyResponse> verify(Call<VerifyRequest> call) {
    return signing.verify(call);
  }

  @Override
  public Guarded<GetPublicKeyResponse> getPublicKey(Call<GetPublicKeyRequest> call) {
    return getPublicKey.handle(call);
  }

  @Override
  public Guarded<DeriveSharedSecretResponse> deriveSharedSecret(
      Call<DeriveSharedSecretRequest> call) {
    return deriveSharedSecret.handle(call);
  }

  @Override
  public Guarded<GenerateDataKeyPairResponse> generateDataKeyPair(
      Call<GenerateDataKeyPairRequest> call) {
    return dataKeyPairs.generate(call);
  }

  @Override
  public Guarded<GenerateDataKeyPairWithoutPlaintextResponse> generateDataKeyPairWithoutPlaintext(
      Call<GenerateDataKeyPairWithoutPlaintextRequest> call) {
    return dataKeyPairs.generateWithoutPlaintext(call);
  }

  @Override
  public Guarded<GetParametersForImportResponse> getParametersForImport(
      Call<GetParametersForImportRequest> call) {
    return keyImport.parameters(call);
  }

  @Override
  public Guarded<ImportKeyMaterialResponse> importKeyMaterial(Call<ImportKeyMaterialRequest> call) {
    return keyImport.bringIn(call);
  }

  @Override
  public Guarded<DeleteImportedKeyMaterialResponse> deleteImportedKeyMaterial(
      Call<DeleteImportedKeyMaterialRequest> call) {
    return keyImport.delete(call);
  }

  @Override
  public Guarded<DisableKeyRotationResponse> disableKeyRotation(
      Call<DisableKeyRotationRequest> call) {
    return rotation.disable(call);
  }

  @Override
  public Guarded<EnableKeyRotationResponse> enableKeyRotation(Call<EnableKeyRotationRequest> call) {
    return rotation.enable(call);
  }

  @Override
  public Guarded<GetKeyRotationStatusResponse> getKeyRotationStatus(
      Call<GetKeyRotationStatusRequest> call) {
    return rotation.status(call);
  }

  @Override
  public Guarded<ListKeyRotationsResponse> listKeyRotations(Call<ListKeyRotationsRequest> call) {
    return rotationHistory.list(call);
  }

  @Override
  public Guarded<RotateKeyOnDemandResponse> rotateKeyOnDemand(Call<RotateKeyOnDemandRequest> call) {
    return rotation.rotate(call);
  }

  @Override
  public Guarded<ReplicateKeyResponse> replicateKey(Call<ReplicateKeyRequest> call) {
    return multiRegionKeys.replicate(call);
  }

  @Override
  public Guarded<UpdatePrimaryRegionResponse> updatePrimaryRegion(
      Call<UpdatePrimaryRegionRequest> call) {
    return multiRegionKeys.promote(call);
  }
}
