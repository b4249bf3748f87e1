package dev.sekisho.iam;

import dev.sekisho.contract.iam.DisableOutboundWebIdentityFederationRequest;
import dev.sekisho.contract.iam.DisableOutboundWebIdentityFederationResponse;
import dev.sekisho.contract.iam.EnableOutboundWebIdentityFederationRequest;
import dev.sekisho.contract.iam.EnableOutboundWebIdentityFederationResponse;
import dev.sekisho.contract.iam.GetOutboundWebIdentityFederationInfoRequest;
import dev.sekisho.contract.iam.GetOutboundWebIdentityFederationInfoResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.federation.oidc.TokenSigner;
import dev.sekisho.iam.OutboundFederationStore.Issuer;
import dev.sekisho.store.StoreTransaction;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Whether an account vouches for its principals to the outside, and as which issuer. */
final class OutboundFederation implements IamApi.OutboundFederation {

  private final IamContext iam;
  private final UnaryOperator<String> issuers;
  private final OutboundFederationStore store;

  /**
   * @param issuers the URL of an issuer by its id
   */
  OutboundFederation(IamContext iam, UnaryOperator<String> issuers) {
    this.iam = iam;
    this.issuers = issuers;
    this.store = new OutboundFederationStore(iam.keyring());
  }

  @Override
  public Guarded<EnableOutboundWebIdentityFederationResponse> enableOutboundWebIdentityFederation(
      Call<EnableOutboundWebIdentityFederationRequest> call) {
    return Guarded.by(
        check(call),
        _ -> {
          // The slow part is done before the transaction, and only where it may be needed.
          boolean known =
              iam.database()
                  .read(handle -> OutboundFederationStore.find(handle, call.account()))
                  .isPresent();
          Map<TokenSigner, AsymmetricKey> keys = known ? Map.of() : keys();
          return Outcome.change(transaction -> {
            Issuer issuer = enable(StoreTransaction.handle(transaction), call, keys);
            iam.changed(transaction);
            return EnableOutboundWebIdentityFederationResponse.builder()
                .issuerIdentifier(issuer.url())
                .build();
          });
        });
  }

  /** An account that comes back is the issuer it was. */
  private Issuer enable(Handle handle, Call<?> call, Map<TokenSigner, AsymmetricKey> keys) {
    Issuer before = OutboundFederationStore.find(handle, call.account()).orElse(null);
    if (before == null) {
      String id = iam.ids().task();
      Issuer issuer = new Issuer(call.account(), id, issuers.apply(id), true);
      store.insert(handle, issuer, keys);
      return issuer;
    }
    if (before.enabled()) {
      throw new ServiceException(
          "FeatureEnabled",
          409,
          "Outbound web identity federation is already enabled for this account.");
    }
    OutboundFederationStore.setEnabled(handle, call.account(), true);
    return before;
  }

  private static Map<TokenSigner, AsymmetricKey> keys() {
    Map<TokenSigner, AsymmetricKey> keys = new EnumMap<>(TokenSigner.class);
    for (TokenSigner signer : TokenSigner.values()) {
      keys.put(
          signer,
          KeyPairs.generate(
              switch (signer) {
                case RS256 -> KeyPairSpec.RSA_2048;
                case ES384 -> KeyPairSpec.ECC_NIST_P384;
              }));
    }
    return keys;
  }

  @Override
  public Guarded<DisableOutboundWebIdentityFederationResponse> disableOutboundWebIdentityFederation(
      Call<DisableOutboundWebIdentityFederationRequest> call) {
    return Guarded.by(
        check(call),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              requireEnabled(handle, call);
              OutboundFederationStore.setEnabled(handle, call.account(), false);
              iam.changed(transaction);
              return DisableOutboundWebIdentityFederationResponse.builder().build();
            }));
  }

  @Override
  public Guarded<GetOutboundWebIdentityFederationInfoResponse> getOutboundWebIdentityFederationInfo(
      Call<GetOutboundWebIdentityFederationInfoRequest> call) {
    return Guarded.by(
        check(call),
        _ ->
            iam.database()
                .read(handle ->
                    Outcome.answer(
                        GetOutboundWebIdentityFederationInfoResponse.builder()
                            .issuerIdentifier(requireEnabled(handle, call).url())
                            .jwtVendingEnabled(true)
                            .build())));
  }

  private static Issuer requireEnabled(Handle handle, Call<?> call) {
    return OutboundFederationStore.find(handle, call.account())
        .filter(Issuer::enabled)
        .orElseThrow(() ->
            new ServiceException(
                "FeatureDisabled",
                404,
                "Outbound web identity federation is disabled for this account."));
  }

  private static AccessCheck check(Call<?> call) {
    return AccessCheck.of("iam:" + call.context().operation(), "*");
  }
}
