package dev.sekisho.conformance;

import static dev.sekisho.conformance.TwoAccounts.OURS;
import static dev.sekisho.conformance.TwoAccounts.THEIRS;
import static dev.sekisho.conformance.TwoAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.contract.kms.CreateGrantRequest;
import dev.sekisho.contract.kms.CreateGrantResponse;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GrantConstraints;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.ListGrantsRequest;
import dev.sekisho.contract.kms.ListGrantsResponse;
import dev.sekisho.contract.kms.RetireGrantRequest;
import dev.sekisho.contract.kms.RetireGrantResponse;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are used from another account, or by a service of its own accord. */
class KmsAcrossAccountsTest {

  private static final Principal TRAIL = new Principal.Service("cloudtrail.amazonaws.com");
  private static final Arn SOURCE = Arn.parse("arn:aws:cloudtrail:us-east-1:111122223333:trail/t");

  private TwoAccounts accounts;

  @BeforeEach
  void open(@TempDir Path folder) {
    accounts = new TwoAccounts(folder);
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void theKeyPolicyAndThePolicyOfTheOtherAccountMustBothAllow() {
    Principal.User with = accounts.user(THEIRS, "with", "kms:Encrypt");
    Principal.User without = accounts.user(THEIRS, "without");
    KeyMetadata closed = accounts.key(null);
    KeyMetadata open = accounts.key(sharing("\"" + THEIRS.root() + "\"", "kms:Encrypt"));
    KeyMetadata named =
        accounts.key(sharing("\"" + with.arn() + "\",\"" + without.arn() + "\"", "kms:Encrypt"));

    encrypt(with, open);
    encrypt(with, named);
    denied(() -> encrypt(with, closed));
    denied(() -> encrypt(without, open));
    denied(() -> encrypt(without, named));
  }

  @Test
  void bothAccountsHaveTheCallInTheirHistoryAndNobodyWritesIntoAnothersByBeingRefused() {
    Principal.User with = accounts.user(THEIRS, "with", "kms:Encrypt");
    Principal.User without = accounts.user(THEIRS, "without");
    KeyMetadata open = accounts.key(sharing("\"" + THEIRS.root() + "\"", "kms:Encrypt"));
    KeyMetadata closed = accounts.key(null);
    grant(root(OURS), closed, without, "Encrypt");

    encrypt(with, open);
    denied(() -> encrypt(without, open));
    encrypt(without, closed);

    List<JsonNode> ours = accounts.records(OURS, "Encrypt");
    List<JsonNode> theirs = accounts.records(THEIRS, "Encrypt");
    assertThat(theirs).hasSize(3);
    assertThat(ours).hasSize(2);
    for (JsonNode record : ours) {
      JsonNode twin =
          theirs.stream()
              .filter(each -> each.path("sharedEventID").equals(record.path("sharedEventID")))
              .findFirst()
              .orElseThrow();
      assertThat(record.path("sharedEventID").asText()).isNotEmpty();
      assertThat(record.path("eventID")).isNotEqualTo(twin.path("eventID"));
      assertThat(record.path("recipientAccountId").asText()).isEqualTo(OURS.value());
      assertThat(record.path("userIdentity").path("type").asText()).isEqualTo("AWSAccount");
      assertThat(record.path("userIdentity").path("accountId").asText()).isEqualTo(THEIRS.value());
      assertThat(record.path("userIdentity").has("userName")).isFalse();
      assertThat(twin.path("userIdentity").path("type").asText()).isEqualTo("IAMUser");
    }
  }

  @Test
  void whatIsForTheOwnerAloneIsForTheOwnerAlone() {
    Principal.User admin = accounts.user(THEIRS, "admin", "kms:*");
    KeyMetadata key = accounts.key(sharing("\"" + THEIRS.root() + "\"", "kms:*"));

    assertThatThrownBy(() ->
            accounts.call(
                admin,
                accounts.kms()::disableKey,
                DisableKeyRequest.builder().keyId(key.arn()).build()))
        .hasMessage(
            "User: arn:aws:iam::444455556666:user/admin is not authorized to perform:"
                + " kms:DisableKey on resource: "
                + key.arn()
                + " because the resource does not exist in this Region, no resource-based policies"
                + " allow access, or a resource-based policy explicitly denies access");
  }

  @Test
  void aGrantIsLeaveEnoughInTheOtherAccount() {
    Principal.User without = accounts.user(THEIRS, "without");
    Principal.User other = accounts.user(THEIRS, "other");
    KeyMetadata key = accounts.key(null);
    grant(root(OURS), key, without, "Encrypt");

    encrypt(without, key);
    denied(() -> encrypt(other, key));
  }

  @Test
  void aGrantToAWholeAccountLeavesTheRestToThatAccount() {
    Principal.User with = accounts.user(THEIRS, "with", "kms:Encrypt");
    Principal.User without = accounts.user(THEIRS, "without");
    KeyMetadata key = accounts.key(null);
    grant(root(OURS), key, root(THEIRS), "Encrypt");

    encrypt(with, key);
    denied(() -> encrypt(without, key));
  }

  @Test
  void aGrantBelongsToTheAccountThatMadeIt() {
    Principal.User maker =
        accounts.user(THEIRS, "maker", "kms:CreateGrant", "kms:ListGrants", "kms:RetireGrant");
    KeyMetadata key =
        accounts.key(sharing("\"" + THEIRS.root() + "\"", "kms:CreateGrant\",\"kms:ListGrants"));
    CreateGrantResponse made = grant(maker, key, maker, "Encrypt");
    ListGrantsResponse listed =
        accounts.call(
            maker,
            accounts.kms()::listGrants,
            ListGrantsRequest.builder().keyId(key.arn()).build());

    assertThat(Objects.requireNonNull(listed.grants()).getFirst().issuingAccount())
        .isEqualTo(THEIRS.root().toString());
    retire(root(THEIRS), made.grantToken());
    denied(() -> encrypt(maker, key));
  }

  @Test
  void everyDocumentedRouteRetiresAGrantAndNoOther() {
    Principal.User retiring = accounts.user(THEIRS, "retiring");
    Principal.User grantee = accounts.user(THEIRS, "grantee");
    Principal.User ours = accounts.user(OURS, "ours", "kms:RetireGrant");
    Principal.User other = accounts.user(THEIRS, "other", "kms:RetireGrant");
    KeyMetadata key = accounts.key(null);

    for (Principal by : List.of(retiring, ours, root(OURS))) {
      CreateGrantResponse made = retirable(key, grantee, retiring, "Encrypt");
      denied(() -> retire(grantee, made.grantToken()));
      denied(() -> retire(other, made.grantToken()));
      encrypt(grantee, key);
      retire(by, made.grantToken());
      denied(() -> encrypt(grantee, key));
    }
    CreateGrantResponse own = retirable(key, grantee, retiring, "Encrypt", "RetireGrant");
    accounts.call(
        grantee,
        accounts.kms()::retireGrant,
        RetireGrantRequest.builder().keyId(key.arn()).grantId(own.grantId()).build());
    denied(() -> encrypt(grantee, key));
  }

  @Test
  void aServiceUsesItsGrantForItsOwnResourceOnly() {
    KeyMetadata key = accounts.key(null);
    CreateGrantResponse made =
        accounts.call(
            root(OURS),
            accounts.kms()::createGrant,
            CreateGrantRequest.builder()
                .keyId(key.keyId())
                .granteeServicePrincipal("cloudtrail.amazonaws.com")
                .retiringServicePrincipal("cloudtrail.amazonaws.com")
                .operations(List.of("Encrypt"))
                .constraints(GrantConstraints.builder().sourceArn(SOURCE.toString()).build())
                .build());

    encrypt(TRAIL, new Origin.OwnAccord(SOURCE), key);
    denied(() ->
        encrypt(
            TRAIL,
            new Origin.OwnAccord(Arn.parse("arn:aws:cloudtrail:us-east-1:111122223333:trail/u")),
            key));
    denied(() ->
        encrypt(new Principal.Service("config.amazonaws.com"), new Origin.OwnAccord(SOURCE), key));
    retire(TRAIL, made.grantToken());
    denied(() -> encrypt(TRAIL, new Origin.OwnAccord(SOURCE), key));
  }

  @Test
  void aKeyPolicyMayAllowAServiceForOneSource() {
    KeyMetadata key =
        accounts.key(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"},"
                + "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},"
                + "\"Action\":\"kms:Encrypt\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":"
                + "{\"aws:SourceArn\":\""
                + SOURCE
                + "\",\"aws:SourceAccount\":\"111122223333\"}}}]}");

    encrypt(TRAIL, new Origin.OwnAccord(SOURCE), key);
    denied(() ->
        encrypt(
            TRAIL,
            new Origin.OwnAccord(Arn.parse("arn:aws:cloudtrail:us-east-1:444455556666:trail/t")),
            key));
  }

  @Test
  void whoeverIsNamedInAPolicyOrAGrantMustBeThere() {
    assertThatThrownBy(
            () -> accounts.key(sharing("\"arn:aws:iam::444455556666:user/ghost\"", "kms:Encrypt")))
        .hasMessage("Policy contains a statement with one or more invalid principals.");
    KeyMetadata key = accounts.key(null);
    Principal ghost = new Principal.User(THEIRS, "/", "ghost", "AIDAGHOST");
    assertThatThrownBy(() -> grant(root(OURS), key, ghost, "Encrypt"))
        .hasMessage(
            "ARN does not refer to a valid principal: arn:aws:iam::444455556666:user/ghost");
  }

  private CreateGrantResponse grant(
      Principal by, KeyMetadata key, Principal to, String... operations) {
    return accounts.call(
        by,
        accounts.kms()::createGrant,
        CreateGrantRequest.builder()
            .keyId(key.arn())
            .granteePrincipal(String.valueOf(to.arn()))
            .operations(List.of(operations))
            .build());
  }

  private CreateGrantResponse retirable(
      KeyMetadata key, Principal to, Principal retiring, String... operations) {
    return accounts.call(
        root(OURS),
        accounts.kms()::createGrant,
        CreateGrantRequest.builder()
            .keyId(key.arn())
            .granteePrincipal(String.valueOf(to.arn()))
            .retiringPrincipal(String.valueOf(retiring.arn()))
            .operations(List.of(operations))
            .build());
  }

  private RetireGrantResponse retire(Principal by, String token) {
    return accounts.call(
        by, accounts.kms()::retireGrant, RetireGrantRequest.builder().grantToken(token).build());
  }

  private void encrypt(Principal caller, KeyMetadata key) {
    encrypt(caller, new Origin.Direct(), key);
  }

  private void encrypt(Principal caller, Origin origin, KeyMetadata key) {
    accounts.call(
        caller,
        origin,
        accounts.kms()::encrypt,
        EncryptRequest.builder().keyId(key.arn()).plaintext(Blob.of(new byte[1])).build());
  }

  private static String sharing(String principals, String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
        + "\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"},"
        + "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":["
        + principals
        + "]},\"Action\":[\""
        + action
        + "\"],\"Resource\":\"*\"}]}";
  }

  private static void denied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("AccessDeniedException"));
  }
}
