package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountJoinedMethod;
import software.amazon.awssdk.services.organizations.model.AccountStatus;
import software.amazon.awssdk.services.organizations.model.Child;
import software.amazon.awssdk.services.organizations.model.ChildType;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.CreateAccountFailureReason;
import software.amazon.awssdk.services.organizations.model.CreateAccountState;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;
import software.amazon.awssdk.services.organizations.model.InvalidInputException;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;
import software.amazon.awssdk.services.organizations.model.ParentType;
import software.amazon.awssdk.services.organizations.model.Root;
import software.amazon.awssdk.services.organizations.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

/** Organizations, their tree and their accounts, as AWS's client sees them. */
class OrganizationsTest {

  private static final String NO_OU = "ou-abcd-12345678";
  private static final String NO_ACCOUNT = "999999999999";

  private OrganizationFixture fixture;
  private OrganizationsClient organizations;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    organizations = fixture.organizations;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  static void violates(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ConstraintViolationException.class,
            refusal -> {
              assertThat(refusal.reasonAsString()).isEqualTo(reason);
              assertThat(refusal.awsErrorDetails().errorMessage()).isNotBlank();
            });
  }

  static void invalid(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            refusal -> {
              assertThat(refusal.reasonAsString()).isEqualTo(reason);
              assertThat(refusal.awsErrorDetails().errorMessage()).isNotBlank();
            });
  }

  @Test
  void withoutAnOrganizationNothingIsThere() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            organizations::describeOrganization,
            organizations::deleteOrganization,
            organizations::listAccounts,
            organizations::leaveOrganization,
            () -> organizations.createAccount(r -> r.accountName("a").email("a@example.com")))) {
      refused(
          "AWSOrganizationsNotInUseException",
          400,
          "Your account is not a member of an organization.",
          call);
    }
    assertThat(organizations.listHandshakesForAccount().handshakes()).isEmpty();
  }

  @Test
  void anOrganizationIsMadeAndTakenApart() {
    Organization made = organizations.createOrganization(r -> {}).organization();
    assertThat(made.id()).matches("o-[a-z0-9]{10,32}");
    assertThat(made.arn())
        .isEqualTo("arn:aws:organizations::000000000001:organization/" + made.id());
    assertThat(made.featureSet()).isEqualTo(OrganizationFeatureSet.ALL);
    assertThat(made.masterAccountId()).isEqualTo(SekishoInstance.ACCOUNT);
    assertThat(made.masterAccountArn())
        .isEqualTo("arn:aws:organizations::000000000001:account/" + made.id() + "/000000000001");
    assertThat(organizations.describeOrganization().organization()).isEqualTo(made);
    refused(
        "AlreadyInOrganizationException",
        400,
        "The provided account is already a member of an organization.",
        () -> organizations.createOrganization(r -> {}));

    Root root = organizations.listRoots().roots().getFirst();
    assertThat(root.name()).isEqualTo("Root");
    assertThat(root.policyTypes()).isEmpty();
    assertThat(root.arn())
        .isEqualTo("arn:aws:organizations::000000000001:root/" + made.id() + "/" + root.id());
    Account own = organizations.listAccounts().accounts().getFirst();
    assertThat(own.id()).isEqualTo(SekishoInstance.ACCOUNT);
    assertThat(own.joinedMethod()).isEqualTo(AccountJoinedMethod.INVITED);

    String unit = fixture.unit(root.id(), "unit");
    ThrowingCallable delete = organizations::deleteOrganization;
    assertThatThrownBy(delete).hasMessageContaining("remove all member accounts");
    organizations.deleteOrganizationalUnit(r -> r.organizationalUnitId(unit));
    organizations.deleteOrganization();
    assertThatThrownBy(organizations::describeOrganization)
        .hasMessageContaining("not a member of an organization");
    assertThat(organizations.createOrganization(r -> {}).organization().id())
        .isNotEqualTo(made.id());
  }

  @Test
  void unitsAreMadeRenamedListedAndDeleted() {
    String root = fixture.organization();
    OrganizationalUnit unit =
        organizations
            .createOrganizationalUnit(
                r -> r.parentId(root).name("first").tags(t -> t.key("team").value("blue")))
            .organizationalUnit();
    assertThat(unit.id()).matches("ou-" + root.substring(2) + "-[a-z0-9]{8,32}");
    assertThat(unit.arn()).endsWith("/" + unit.id());
    assertThat(
            organizations
                .describeOrganizationalUnit(r -> r.organizationalUnitId(unit.id()))
                .organizationalUnit())
        .isEqualTo(unit);
    assertThat(organizations.listTagsForResource(r -> r.resourceId(unit.id())).tags())
        .containsExactly(Tag.builder().key("team").value("blue").build());
    refused(
        "DuplicateOrganizationalUnitException",
        400,
        "An OU with the same name already exists.",
        () -> fixture.unit(root, "first"));
    String below = fixture.unit(unit.id(), "first");
    assertThat(
            organizations
                .updateOrganizationalUnit(r -> r.organizationalUnitId(unit.id()).name("second"))
                .organizationalUnit()
                .name())
        .isEqualTo("second");
    fixture.unit(root, "first");
    assertThatThrownBy(() ->
            organizations.updateOrganizationalUnit(
                r -> r.organizationalUnitId(unit.id()).name("first")))
        .hasMessageContaining("same name");
    assertThat(organizations.listParents(r -> r.childId(below)).parents().getFirst().id())
        .isEqualTo(unit.id());
    assertThatThrownBy(
            () -> organizations.deleteOrganizationalUnit(r -> r.organizationalUnitId(unit.id())))
        .hasMessageContaining("is not empty");
    organizations.deleteOrganizationalUnit(r -> r.organizationalUnitId(below));
    organizations.deleteOrganizationalUnit(r -> r.organizationalUnitId(unit.id()));
    refused(
        "OrganizationalUnitNotFoundException",
        400,
        "You specified an organizational unit that doesn't exist.",
        () -> organizations.describeOrganizationalUnit(r -> r.organizationalUnitId(unit.id())));
    refused(
        "ParentNotFoundException",
        400,
        "You specified parent that doesn't exist.",
        () -> fixture.unit(NO_OU, "x"));
    refused(
        "ChildNotFoundException",
        400,
        "You specified a child that doesn't exist.",
        () -> organizations.listParents(r -> r.childId(NO_OU)));
  }

  @Test
  void anAccountThatIsMadeWorks() {
    String root = fixture.organization();
    CreateAccountStatus begun =
        organizations
            .createAccount(r ->
                r.accountName("work")
                    .email("work@example.com")
                    .roleName("Reach")
                    .tags(t -> t.key("team").value("blue")))
            .createAccountStatus();
    assertThat(begun.id()).matches("car-[a-z0-9]{8,32}");
    assertThat(begun.state()).isEqualTo(CreateAccountState.IN_PROGRESS);
    assertThat(begun.accountId()).isNull();
    CreateAccountStatus ended =
        organizations
            .describeCreateAccountStatus(r -> r.createAccountRequestId(begun.id()))
            .createAccountStatus();
    assertThat(ended.state()).isEqualTo(CreateAccountState.SUCCEEDED);
    assertThat(ended.completedTimestamp()).isNotNull();
    String id = ended.accountId();
    Account account = organizations.describeAccount(r -> r.accountId(id)).account();
    assertThat(account.status()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(account.joinedMethod()).isEqualTo(AccountJoinedMethod.CREATED);
    assertThat(account.email()).isEqualTo("work@example.com");
    assertThat(organizations.listTagsForResource(r -> r.resourceId(id)).tags()).hasSize(1);
    assertThat(organizations.listParents(r -> r.childId(id)).parents().getFirst())
        .satisfies(parent -> {
          assertThat(parent.id()).isEqualTo(root);
          assertThat(parent.type()).isEqualTo(ParentType.ROOT);
        });

    AwsCredentials inside = fixture.session("arn:aws:iam::" + id + ":role/Reach");
    try (StsClient sts = fixture.sekisho.client(StsClient.builder(), inside);
        IamClient iam = fixture.sekisho.client(IamClient.builder(), inside);
        KmsClient kms = fixture.sekisho.client(KmsClient.builder(), inside)) {
      assertThat(sts.getCallerIdentity().account()).isEqualTo(id);
      Role role = iam.getRole(r -> r.roleName("Reach")).role();
      assertThat(role.arn()).isEqualTo("arn:aws:iam::" + id + ":role/Reach");
      assertThat(role.assumeRolePolicyDocument())
          .contains("arn%3Aaws%3Aiam%3A%3A000000000001%3Aroot");
      assertThat(iam.listUsers().users()).isEmpty();
      assertThat(iam.listRoles().roles())
          .as("Organizations has its own role in each of its accounts")
          .extracting(Role::roleName)
          .containsExactly("AWSServiceRoleForOrganizations", "Reach");
      assertThat(kms.createKey().keyMetadata().awsAccountId()).isEqualTo(id);
    }
    assertThat(fixture.sekisho.client(IamClient.builder()).listRoles().roles())
        .extracting(Role::roleName)
        .contains("AWSServiceRoleForOrganizations")
        .doesNotContain("Reach");
  }

  @Test
  void anAddressMakesOneAccountOnly() {
    fixture.organization();
    fixture.account();
    String request =
        organizations
            .createAccount(r -> r.accountName("again").email("ACCOUNT1@example.com"))
            .createAccountStatus()
            .id();
    CreateAccountStatus failed =
        organizations
            .describeCreateAccountStatus(r -> r.createAccountRequestId(request))
            .createAccountStatus();
    assertThat(failed.state()).isEqualTo(CreateAccountState.FAILED);
    assertThat(failed.failureReason()).isEqualTo(CreateAccountFailureReason.EMAIL_ALREADY_EXISTS);
    assertThat(organizations.listAccounts().accounts()).hasSize(2);
    assertThat(
            organizations
                .listCreateAccountStatus(r -> r.states(CreateAccountState.FAILED))
                .createAccountStatuses())
        .containsExactly(failed);
    assertThat(organizations.listCreateAccountStatus().createAccountStatuses()).hasSize(2);
    refused(
        "CreateAccountStatusNotFoundException",
        400,
        "You specified an create account request that doesn't exist.",
        () ->
            organizations.describeCreateAccountStatus(
                r -> r.createAccountRequestId("car-0123456789abcdef")));
  }

  @Test
  void accountsMoveThroughTheTree() {
    String root = fixture.organization();
    String account = fixture.account();
    String unit = fixture.unit(root, "unit");
    organizations.moveAccount(
        r -> r.accountId(account).sourceParentId(root).destinationParentId(unit));
    assertThat(organizations.listAccountsForParent(r -> r.parentId(unit)).accounts())
        .singleElement()
        .satisfies(found -> assertThat(found.id()).isEqualTo(account));
    assertThat(
            organizations
                .listChildren(r -> r.parentId(unit).childType(ChildType.ACCOUNT))
                .children())
        .containsExactly(Child.builder().id(account).type(ChildType.ACCOUNT).build());
    assertThat(
            organizations
                .listChildren(r -> r.parentId(root).childType(ChildType.ORGANIZATIONAL_UNIT))
                .children())
        .containsExactly(Child.builder().id(unit).type(ChildType.ORGANIZATIONAL_UNIT).build());
    assertThat(
            organizations
                .listOrganizationalUnitsForParent(r -> r.parentId(root))
                .organizationalUnits())
        .hasSize(1);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> organizations.listAccountsForParent(r -> r.parentId(NO_OU)),
            () -> organizations.listOrganizationalUnitsForParent(r -> r.parentId(NO_OU)),
            () ->
                organizations.listChildren(r -> r.parentId(NO_OU).childType(ChildType.ACCOUNT)))) {
      refused("ParentNotFoundException", 400, "You specified parent that doesn't exist.", call);
    }
    assertMoveRefused("SourceParentNotFoundException", account, root, unit);
    assertMoveRefused("DestinationParentNotFoundException", account, unit, NO_OU);
    assertMoveRefused("DuplicateAccountException", account, unit, unit);
    assertMoveRefused("AccountNotFoundException", NO_ACCOUNT, unit, root);
  }

  private void assertMoveRefused(String code, String account, String from, String to) {
    assertThatThrownBy(() ->
            organizations.moveAccount(
                r -> r.accountId(account).sourceParentId(from).destinationParentId(to)))
        .satisfies(refusal -> assertThat(refusal.getClass().getSimpleName()).isEqualTo(code));
  }

  @Test
  void listsComeInPagesWithoutGaps() {
    String root = fixture.organization();
    Set<String> units = new TreeSet<>();
    for (int i = 0; i < 23; i++) {
      units.add(fixture.unit(root, "unit " + i));
    }
    List<String> listed = new ArrayList<>();
    organizations
        .listOrganizationalUnitsForParentPaginator(r -> r.parentId(root).maxResults(5))
        .forEach(page -> page.organizationalUnits().forEach(unit -> listed.add(unit.id())));
    assertThat(listed).containsExactlyElementsOf(units);
    for (int i = 0; i < 4; i++) {
      fixture.account();
    }
    List<String> accounts = new ArrayList<>();
    organizations
        .listAccountsPaginator(r -> r.maxResults(2))
        .forEach(page -> page.accounts().forEach(account -> accounts.add(account.id())));
    assertThat(accounts).hasSize(5).isSorted().doesNotHaveDuplicates();
    String token =
        organizations
            .listChildren(
                r -> r.parentId(root).childType(ChildType.ORGANIZATIONAL_UNIT).maxResults(1))
            .nextToken();
    invalid("INVALID_NEXT_TOKEN", () -> organizations.listAccounts(r -> r.nextToken(token)));
  }

  @Test
  void whatBreaksAConstraintIsInvalidInput() {
    fixture.organization();
    refused(
        "InvalidInputException",
        400,
        "You provided a value that does not match the required pattern.",
        () -> organizations.describeAccount(r -> r.accountId("1")));
    invalid("INVALID_PATTERN", () -> organizations.describeAccount(r -> r.accountId("1")));
    invalid("INVALID_ENUM", () -> organizations.listPolicies(r -> r.filter("NO_POLICY")));
    invalid("INPUT_REQUIRED", () -> organizations.listPolicies(r -> {}));
    invalid("MAX_VALUE_EXCEEDED", () -> organizations.listAccounts(r -> r.maxResults(21)));
    invalid("MIN_VALUE_EXCEEDED", () -> organizations.listAccounts(r -> r.maxResults(0)));
    invalid(
        "MIN_LENGTH_EXCEEDED",
        () -> organizations.createAccount(r -> r.accountName("a").email("a")));
  }

  @Test
  void accountsAreClosedOnce() {
    fixture.organization();
    String account = fixture.account();
    violates(
        "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
        () -> organizations.closeAccount(r -> r.accountId(SekishoInstance.ACCOUNT)));
    organizations.closeAccount(r -> r.accountId(account));
    assertThat(organizations.describeAccount(r -> r.accountId(account)).account().status())
        .isEqualTo(AccountStatus.SUSPENDED);
    refused(
        "AccountAlreadyClosedException",
        400,
        "The provided account is already closed.",
        () -> organizations.closeAccount(r -> r.accountId(account)));
    refused(
        "AccountNotFoundException",
        400,
        "You specified an account that doesn't exist.",
        () -> organizations.closeAccount(r -> r.accountId(NO_ACCOUNT)));
  }

  @Test
  void accountsLeaveAndAreRemoved() {
    fixture.organization();
    String leaving = fixture.account();
    String removed = fixture.account();
    try (OrganizationsClient inside = fixture.as(fixture.inside(leaving))) {
      assertThat(inside.describeOrganization().organization().masterAccountId())
          .isEqualTo(SekishoInstance.ACCOUNT);
      inside.leaveOrganization();
      assertThatThrownBy(inside::describeOrganization)
          .hasMessageContaining("not a member of an organization");
    }
    organizations.removeAccountFromOrganization(r -> r.accountId(removed));
    assertThat(organizations.listAccounts().accounts()).hasSize(1);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            organizations::leaveOrganization,
            () ->
                organizations.removeAccountFromOrganization(
                    r -> r.accountId(SekishoInstance.ACCOUNT)))) {
      assertThatThrownBy(call)
          .satisfies(refusal ->
              assertThat(refusal.getClass().getSimpleName())
                  .isEqualTo("MasterCannotLeaveOrganizationException"));
    }
    assertThatThrownBy(() -> organizations.removeAccountFromOrganization(r -> r.accountId(removed)))
        .hasMessageContaining("doesn't exist");
  }

  @Test
  void aMemberManagesNothing() {
    String root = fixture.organization();
    String account = fixture.account();
    try (OrganizationsClient inside = fixture.as(fixture.inside(account))) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              inside::listAccounts,
              inside::listRoots,
              () -> inside.describeAccount(r -> r.accountId(account)),
              () -> inside.createOrganizationalUnit(r -> r.parentId(root).name("x")),
              () -> inside.closeAccount(r -> r.accountId(account)),
              () -> inside.tagResource(r -> r.resourceId(root).tags(List.of())),
              inside::deleteOrganization)) {
        refused(
            "AccessDeniedException",
            400,
            "You don't have permissions to access this resource.",
            call);
      }
    }
  }

  @Test
  void everythingCarriesTags() {
    String root = fixture.organization();
    String account = fixture.account();
    String unit = fixture.unit(root, "unit");
    for (String id : List.of(root, account, unit)) {
      organizations.tagResource(
          r -> r.resourceId(id).tags(t -> t.key("a").value("1"), t -> t.key("A").value("2")));
      organizations.tagResource(r -> r.resourceId(id).tags(t -> t.key("a").value("3")));
      assertThat(organizations.listTagsForResource(r -> r.resourceId(id)).tags())
          .containsExactlyInAnyOrder(
              Tag.builder().key("a").value("3").build(), Tag.builder().key("A").value("2").build());
      organizations.untagResource(r -> r.resourceId(id).tagKeys("a", "absent"));
      assertThat(organizations.listTagsForResource(r -> r.resourceId(id)).tags())
          .containsExactly(Tag.builder().key("A").value("2").build());
    }
    refused(
        "TargetNotFoundException",
        400,
        "You specified a target that doesn't exist.",
        () -> organizations.listTagsForResource(r -> r.resourceId(NO_OU)));
    invalid(
        "DUPLICATE_TAG_KEY",
        () ->
            organizations.tagResource(r ->
                r.resourceId(root).tags(t -> t.key("b").value("1"), t -> t.key("b").value("2"))));
    invalid(
        "INVALID_SYSTEM_TAGS_PARAMETER",
        () ->
            organizations.tagResource(
                r -> r.resourceId(root).tags(t -> t.key("aws:b").value("1"))));
    List<Tag> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(Tag.builder().key("k" + i).value("v").build());
    }
    violates(
        "MAX_TAG_LIMIT_EXCEEDED",
        () -> organizations.tagResource(r -> r.resourceId(root).tags(many)));
    assertThat(organizations.listTagsForResource(r -> r.resourceId(root)).tags()).hasSize(1);
  }
}
