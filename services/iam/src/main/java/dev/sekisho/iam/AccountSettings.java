package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateAccountAliasRequest;
import dev.sekisho.contract.iam.CreateAccountAliasResponse;
import dev.sekisho.contract.iam.DeleteAccountAliasRequest;
import dev.sekisho.contract.iam.DeleteAccountAliasResponse;
import dev.sekisho.contract.iam.GetAccountSummaryRequest;
import dev.sekisho.contract.iam.GetAccountSummaryResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListAccountAliasesRequest;
import dev.sekisho.contract.iam.ListAccountAliasesResponse;
import dev.sekisho.contract.iam.SetSecurityTokenServicePreferencesRequest;
import dev.sekisho.contract.iam.SetSecurityTokenServicePreferencesResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What an account has as a whole: its alias, and how much of everything. */
final class AccountSettings implements IamApi.AccountSettings {

  private final IamContext iam;

  AccountSettings(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateAccountAliasResponse> createAccountAlias(
      Call<CreateAccountAliasRequest> call) {
    String alias = call.input().accountAlias();
    return Guarded.by(
        AccessCheck.of("iam:CreateAccountAlias", "*"),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              if (handle
                  .createQuery(
                      "select account from iam_account_alias where alias = :alias"
                          + " and account <> :account")
                  .bind("alias", alias)
                  .bind("account", call.account().value())
                  .mapTo(String.class)
                  .findOne()
                  .isPresent()) {
                throw new ServiceException(
                    "EntityAlreadyExists", 409, "The account alias " + alias + " already exists.");
              }
              // An account has one alias; a new one takes the old one's place.
              handle
                  .createUpdate(
                      "insert into iam_account_alias (account, alias) values (:account, :alias)"
                          + " on conflict (account) do update set alias = excluded.alias")
                  .bind("account", call.account().value())
                  .bind("alias", alias)
                  .execute();
              return CreateAccountAliasResponse.builder().build();
            }));
  }

  @Override
  public Guarded<DeleteAccountAliasResponse> deleteAccountAlias(
      Call<DeleteAccountAliasRequest> call) {
    String alias = call.input().accountAlias();
    return Guarded.by(
        AccessCheck.of("iam:DeleteAccountAlias", "*"),
        _ ->
            Outcome.change(transaction -> {
              int gone =
                  StoreTransaction.handle(transaction)
                      .createUpdate(
                          "delete from iam_account_alias where account = :account"
                              + " and alias = :alias")
                      .bind("account", call.account().value())
                      .bind("alias", alias)
                      .execute();
              if (gone == 0) {
                throw IamErrors.noSuchEntity("The account alias " + alias + " cannot be found.");
              }
              return DeleteAccountAliasResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListAccountAliasesResponse> listAccountAliases(
      Call<ListAccountAliasesRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:ListAccountAliases", "*"),
        _ ->
            Outcome.answer(
                ListAccountAliasesResponse.builder()
                    .accountAliases(
                        iam.database()
                            .read(handle -> alias(handle, call.account()))
                            .map(List::of)
                            .orElse(List.of()))
                    .isTruncated(false)
                    .build()));
  }

  private static Optional<String> alias(Handle handle, AccountId account) {
    return handle
        .createQuery("select alias from iam_account_alias where account = :account")
        .bind("account", account.value())
        .mapTo(String.class)
        .findOne();
  }

  /** Tokens of either version are good in every region here; what was chosen is told. */
  @Override
  public Guarded<SetSecurityTokenServicePreferencesResponse> setSecurityTokenServicePreferences(
      Call<SetSecurityTokenServicePreferencesRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:SetSecurityTokenServicePreferences", "*"),
        _ ->
            Outcome.change(transaction -> {
              StoreTransaction.handle(transaction)
                  .execute(
                      "insert into iam_token_version (account, version) values (?, ?)"
                          + " on conflict (account) do update set version = excluded.version",
                      call.account().value(),
                      call.input().globalEndpointTokenVersion().equals("v2Token") ? 2 : 1);
              return SetSecurityTokenServicePreferencesResponse.builder().build();
            }));
  }

  private static int tokenVersion(Handle handle, AccountId account) {
    return handle
        .createQuery("select version from iam_token_version where account = :account")
        .bind("account", account.value())
        .mapTo(Integer.class)
        .findOne()
        .orElse(1);
  }

  @Override
  public Guarded<GetAccountSummaryResponse> getAccountSummary(Call<GetAccountSummaryRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:GetAccountSummary", "*"),
        _ ->
            Outcome.answer(
                GetAccountSummaryResponse.builder()
                    .summaryMap(iam.database().read(handle -> summary(handle, call.account())))
                    .build()));
  }

  private Map<String, Integer> summary(Handle handle, AccountId account) {
    Map<String, Integer> summary = new TreeMap<>();
    summary.put("Users", count(handle, "iam_user", account));
    summary.put("GlobalEndpointTokenVersion", tokenVersion(handle, account));
    summary.put(
        "Providers",
        OpenIdConnectStore.list(handle, account).size() + SamlStore.list(handle, account).size());
    summary.put("UsersQuota", 5_000);
    summary.put("Groups", count(handle, "iam_group", account));
    summary.put("GroupsQuota", 300);
    summary.put("GroupsPerUserQuota", 10);
    summary.put("Roles", count(handle, "iam_role", account));
    summary.put("RolesQuota", 1_000);
    summary.put("InstanceProfiles", InstanceProfileStore.count(handle, account));
    summary.put("InstanceProfilesQuota", 1_000);
    summary.put("Policies", count(handle, "iam_policy", account));
    summary.put("PoliciesQuota", 1_500);
    summary.put("PolicySizeQuota", 6_144);
    summary.put("PolicyVersionsInUseQuota", 10_000);
    summary.put("VersionsPerPolicyQuota", 5);
    summary.put("AttachedPoliciesPerUserQuota", EntityKind.USER.attachedQuota());
    summary.put("AttachedPoliciesPerGroupQuota", EntityKind.GROUP.attachedQuota());
    summary.put("AttachedPoliciesPerRoleQuota", EntityKind.ROLE.attachedQuota());
    summary.put("UserPolicySizeQuota", EntityKind.USER.inlineQuota());
    summary.put("GroupPolicySizeQuota", EntityKind.GROUP.inlineQuota());
    summary.put("RolePolicySizeQuota", EntityKind.ROLE.inlineQuota());
    summary.put("AssumeRolePolicySizeQuota", 2_048);
    summary.put("PolicyVersionsInUse", versions(handle, account));
    summary.put("ServerCertificates", count(handle, "iam_server_certificate", account));
    summary.put("ServerCertificatesQuota", 20);
    summary.put("SigningCertificatesPerUserQuota", 2);
    summary.put(
        "AccountSigningCertificatesPresent",
        SigningCertificates.of(handle, new CredentialOwner(account, null)).isEmpty() ? 0 : 1);
    List<MfaDevice> devices = MfaDeviceStore.ofAccount(handle, account);
    summary.put("MFADevices", devices.size());
    summary.put(
        "MFADevicesInUse",
        (int) devices.stream().filter(device -> device.ownerId() != null).count());
    summary.put(
        "AccountMFAEnabled", MfaDeviceStore.ofOwner(handle, account.value()).isEmpty() ? 0 : 1);
    summary.put(
        "AccountPasswordPresent",
        LoginProfileStore.find(handle, account.value()).isEmpty() ? 0 : 1);
    summary.put("AccessKeysPerUserQuota", 2);
    summary.put(
        "AccountAccessKeysPresent",
        new AccessKeyStore(iam.keyring()).ofRoot(handle, account).isEmpty() ? 0 : 1);
    return summary;
  }

  private static int versions(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "select count(*) from iam_policy_version where policy_id in"
                + " (select id from iam_policy where account = :account)")
        .bind("account", account.value())
        .mapTo(Integer.class)
        .one();
  }

  private static int count(Handle handle, String table, AccountId account) {
    return handle
        .createQuery("select count(*) from " + table + " where account = :account")
        .bind("account", account.value())
        .mapTo(Integer.class)
        .one();
  }
}
