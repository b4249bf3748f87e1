package dev.sekisho.iam;

import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.OutboundTokens;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.federation.oidc.IssuerDocuments;
import dev.sekisho.federation.oidc.TokenSigner;
import dev.sekisho.iam.OutboundFederationStore.Issuer;
import dev.sekisho.store.Database;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Accounts as issuers of tokens: what they sign, and what they publish for those who verify. */
public final class StoredOutboundTokens implements OutboundTokens {

  private final Database database;
  private final OutboundFederationStore store;

  public StoredOutboundTokens(Database database, Keyring keyring) {
    this.database = database;
    this.store = new OutboundFederationStore(keyring);
  }

  @Override
  public Optional<String> issuer(AccountId account) {
    return database
        .read(handle -> OutboundFederationStore.find(handle, account))
        .filter(Issuer::enabled)
        .map(Issuer::url);
  }

  @Override
  public Map<String, String> tags(Principal principal) {
    String id =
        switch (principal) {
          case Principal.User user -> user.id();
          case Principal.RoleSession role -> role.roleId();
          case Principal.Root _,
              Principal.FederatedUser _,
              Principal.WebIdentity _,
              Principal.SamlIdentity _,
              Principal.Service _,
              Principal.Anonymous _ ->
              "";
        };
    return database.read(
        handle -> TagStore.of(handle, id).stream().collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  @Override
  public String sign(AccountId account, String algorithm, Map<String, Object> claims) {
    TokenSigner signer =
        TokenSigner.named(algorithm)
            .orElseThrow(() -> new IllegalArgumentException("nobody signs by " + algorithm));
    Secret key =
        database
            .read(handle -> store.key(handle, account, signer))
            .orElseThrow(() -> new IllegalStateException("the account is no issuer: " + account));
    return signer.sign(claims, key);
  }

  /** The discovery document of the issuer; tokens outlive the account's giving them out. */
  public Optional<String> configuration(String issuerId) {
    return database
        .read(handle -> OutboundFederationStore.byId(handle, issuerId))
        .map(issuer -> IssuerDocuments.configuration(issuer.url()));
  }

  /** The keys of the issuer. */
  public Optional<String> keys(String issuerId) {
    return database.read(handle ->
        OutboundFederationStore.byId(handle, issuerId)
            .map(issuer ->
                IssuerDocuments.keys(
                    OutboundFederationStore.publicKeys(handle, issuer.account()))));
  }
}
