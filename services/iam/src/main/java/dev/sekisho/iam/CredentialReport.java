package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * An account's credential report as CSV, in AWS's columns and with its words for what is not there.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">Credential
 *     reports</a>
 */
final class CredentialReport {

  private static final List<String> COLUMNS =
      List.of(
          "user",
          "arn",
          "user_creation_time",
          "password_enabled",
          "password_last_used",
          "password_last_changed",
          "password_next_rotation",
          "mfa_active",
          "access_key_1_active",
          "access_key_1_last_rotated",
          "access_key_1_last_used_date",
          "access_key_1_last_used_region",
          "access_key_1_last_used_service",
          "access_key_2_active",
          "access_key_2_last_rotated",
          "access_key_2_last_used_date",
          "access_key_2_last_used_region",
          "access_key_2_last_used_service",
          "cert_1_active",
          "cert_1_last_rotated",
          "cert_2_active",
          "cert_2_last_rotated");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String NONE = "N/A";
  private static final String NEVER = "no_information";
  private static final String UNSUPPORTED = "not_supported";

  private final IamContext iam;
  private final Handle handle;
  private final AccountId account;
  private final AccessKeyStore keys;
  private final @Nullable PasswordRules rules;

  CredentialReport(IamContext iam, Handle handle, AccountId account) {
    this.iam = iam;
    this.handle = handle;
    this.account = account;
    this.keys = new AccessKeyStore(iam.keyring());
    this.rules = PasswordRules.of(handle, account).orElse(null);
  }

  String csv() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    rows.add(root());
    for (Entity user : EntityStore.all(handle, EntityKind.USER, account)) {
      rows.add(user(user));
    }
    return rows.stream()
        .map(row -> row.stream().map(CredentialReport::field).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n"));
  }

  private List<String> root() {
    List<String> row = new ArrayList<>();
    row.add("<root_account>");
    row.add(account.root().toString());
    row.add(TIME.format(Users.rootSince(iam, handle, account)));
    Instant used = LoginProfileStore.usedAt(handle, account.value());
    row.add(UNSUPPORTED);
    row.add(used == null ? NEVER : TIME.format(used));
    row.add(UNSUPPORTED);
    row.add(UNSUPPORTED);
    row.add(mfa(account.value()));
    keys(row, keys.ofRoot(handle, account));
    certificates(row, SigningCertificates.of(handle, new CredentialOwner(account, null)));
    return row;
  }

  private List<String> user(Entity user) {
    List<String> row = new ArrayList<>();
    row.add(user.name());
    row.add(user.arn().toString());
    row.add(TIME.format(user.createdAt()));
    password(row, LoginProfileStore.find(handle, user.id()).orElse(null));
    row.add(mfa(user.id()));
    keys(row, keys.ofUser(handle, user.id()));
    certificates(row, SigningCertificates.of(handle, new CredentialOwner(account, user)));
    return row;
  }

  private void password(List<String> row, LoginProfileStore.@Nullable Profile profile) {
    if (profile == null) {
      row.addAll(List.of("false", NONE, NONE, NONE));
      return;
    }
    Instant used = profile.usedAt();
    Instant expiry = rules == null ? null : rules.expiry(profile.changedAt());
    row.add("true");
    row.add(used == null ? NEVER : TIME.format(used));
    row.add(TIME.format(profile.changedAt()));
    row.add(expiry == null ? NONE : TIME.format(expiry));
  }

  private String mfa(String ownerId) {
    return Boolean.toString(!MfaDeviceStore.ofOwner(handle, ownerId).isEmpty());
  }

  private void keys(List<String> row, List<AccessKeyStore.AccessKey> present) {
    for (int i = 0; i < 2; i++) {
      if (i >= present.size()) {
        row.addAll(List.of("false", NONE, NONE, NONE, NONE));
        continue;
      }
      AccessKeyStore.AccessKey key = present.get(i);
      AccessHistory.Use use = AccessHistory.ofKey(handle, key.id()).orElse(null);
      row.add(Boolean.toString(key.active()));
      row.add(TIME.format(key.createdAt()));
      row.add(use == null ? NONE : TIME.format(use.at()));
      row.add(use == null ? NONE : use.region());
      row.add(use == null ? NONE : use.service());
    }
  }

  private static void certificates(List<String> row, List<SigningCertificates.Signing> present) {
    for (int i = 0; i < 2; i++) {
      SigningCertificates.Signing each = i < present.size() ? present.get(i) : null;
      row.add(Boolean.toString(each != null && each.status().equals("Active")));
      row.add(each == null ? NONE : TIME.format(each.uploadedAt()));
    }
  }

  /** Names and paths may hold what separates fields. */
  private static String field(String value) {
    return value.indexOf(',') < 0 && value.indexOf('"') < 0
        ? value
        : '"' + value.replace("\"", "\"\"") + '"';
  }
}
