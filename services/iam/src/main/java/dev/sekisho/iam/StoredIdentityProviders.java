package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.IdentityProviders;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.Database;
import java.util.Optional;

/** IAM's identity providers as STS sees them. */
public final class StoredIdentityProviders implements IdentityProviders {

  private final Database database;
  private final SamlStore saml;

  public StoredIdentityProviders(Database database, Keyring keyring) {
    this.database = database;
    this.saml = new SamlStore(keyring);
  }

  @Override
  public Optional<OpenIdConnect> openIdConnect(AccountId account, String issuer) {
    return database.read(handle ->
        OpenIdConnectStore.find(handle, account, issuer)
            .map(found ->
                new OpenIdConnect(
                    found.arn(),
                    "https://" + found.issuer(),
                    found.clientIds(),
                    found.thumbprints())));
  }

  @Override
  public Optional<Saml> saml(Arn arn) {
    if (!arn.service().equals("iam")
        || !arn.resource().startsWith(SamlStore.ARN_PREFIX)
        || !arn.account().matches("[0-9]{12}")) {
      return Optional.empty();
    }
    String name = arn.resource().substring(SamlStore.ARN_PREFIX.length());
    return database.read(handle ->
        SamlStore.find(handle, new AccountId(arn.account()), name)
            .map(found ->
                new Saml(
                    found.arn(),
                    found.metadata(),
                    "Required".equals(found.encryptionMode()),
                    saml.secrets(handle, found.id()))));
  }
}
