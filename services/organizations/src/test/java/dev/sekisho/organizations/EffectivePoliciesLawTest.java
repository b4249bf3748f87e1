package dev.sekisho.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.organizations.DeleteOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.DetachPolicyRequest;
import dev.sekisho.contract.organizations.DisablePolicyTypeRequest;
import dev.sekisho.contract.organizations.MoveAccountRequest;
import dev.sekisho.contract.organizations.RemoveAccountFromOrganizationRequest;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.OrganizationDirectory.ControlPolicy;
import dev.sekisho.core.OrganizationDirectory.Membership;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After any history of units, accounts, moves and attachments, what is laid on each account is what
 * a plain walk up the tree comes to.
 */
class EffectivePoliciesLawTest {

  private static final int STEPS = 4_000;
  private static final PolicyType[] TYPES = {
    PolicyType.SERVICE_CONTROL_POLICY, PolicyType.RESOURCE_CONTROL_POLICY
  };

  private final Random random = new Random(20_261_124);
  private final Map<String, @Nullable String> parents = new LinkedHashMap<>();
  private final Set<String> accounts = new TreeSet<>();
  private final Map<String, PolicyType> policies = new HashMap<>();
  private final Map<String, Set<String>> attached = new HashMap<>();
  private final Set<PolicyType> enabled = EnumSet.noneOf(PolicyType.class);
  private int done;
  private int refused;

  @Test
  void whatIsLaidOnAnAccountIsWhatAWalkUpTheTreeComesTo(@TempDir Path folder) {
    try (OrganizationsFixture fixture = new OrganizationsFixture(folder)) {
      String root = fixture.organization();
      parents.put(root, null);
      StoredDirectory directory = new StoredDirectory(fixture.database());
      for (int step = 0; step < STEPS; step++) {
        long before = fixture.changes();
        Map<String, Object> seen = step % 20 == 0 ? everything(directory) : Map.of();
        try {
          change(fixture, root);
          done++;
        } catch (ServiceException no) {
          refused++;
          assertThat(fixture.changes()).isEqualTo(before);
        }
        if (step % 20 == 0 && !everything(directory).equals(seen)) {
          assertThat(fixture.changes()).as("whoever keeps it looks again").isGreaterThan(before);
        }
        compare(directory, root);
      }
      assertThat(done).isGreaterThan(STEPS / 2);
      assertThat(refused).isGreaterThan(100);
      assertThat(accounts).hasSizeGreaterThan(10);
    }
  }

  private Map<String, Object> everything(StoredDirectory directory) {
    Map<String, Object> all = new HashMap<>();
    accounts.forEach(
        account -> all.put(account, directory.membership(new AccountId(account)).orElseThrow()));
    return all;
  }

  private void change(OrganizationsFixture fixture, String root) {
    switch (random.nextInt(11)) {
      case 0 -> {
        String parent = unit();
        String made = fixture.unit(parent, "unit " + parents.size() + " " + random.nextInt());
        parents.put(made, parent);
        usual(made);
      }
      case 1 -> {
        if (accounts.size() < 40) {
          String made = fixture.account();
          accounts.add(made);
          parents.put(made, root);
          usual(made);
        }
      }
      case 2 -> {
        PolicyType type = TYPES[random.nextInt(2)];
        policies.put(fixture.policy(type, "policy " + random.nextLong(), content(type)), type);
      }
      case 3, 4, 5 -> {
        String policy = any(policies.keySet());
        String target = any(parents.keySet());
        if (policy != null && target != null) {
          fixture.attach(policy, target);
          attached.computeIfAbsent(target, _ -> new TreeSet<>()).add(policy);
        }
      }
      case 6 -> {
        String target = any(attached.keySet());
        String policy = target == null ? null : any(attached.getOrDefault(target, Set.of()));
        if (policy != null && target != null) {
          fixture.run(
              fixture.service().policyAttachments()::detachPolicy,
              DetachPolicyRequest.builder().policyId(policy).targetId(target).build());
          attached.getOrDefault(target, new TreeSet<>()).remove(policy);
        }
      }
      case 7, 8 -> {
        String account = any(accounts);
        String to = unit();
        if (account != null) {
          fixture.run(
              fixture.service().accounts()::moveAccount,
              MoveAccountRequest.builder()
                  .accountId(account)
                  .sourceParentId(Objects.requireNonNull(parents.get(account)))
                  .destinationParentId(to)
                  .build());
          parents.put(account, to);
        }
      }
      case 9 -> leave(fixture, root);
      default -> toggle(fixture, root);
    }
  }

  private void leave(OrganizationsFixture fixture, String root) {
    String account = any(accounts);
    if (account != null && random.nextInt(4) == 0) {
      fixture.run(
          fixture.service().membership()::removeAccountFromOrganization,
          RemoveAccountFromOrganizationRequest.builder().accountId(account).build());
      accounts.remove(account);
      parents.remove(account);
      attached.remove(account);
      return;
    }
    String unit = unit();
    if (!unit.equals(root)) {
      fixture.run(
          fixture.service().organizationalUnits()::deleteOrganizationalUnit,
          DeleteOrganizationalUnitRequest.builder().organizationalUnitId(unit).build());
      parents.remove(unit);
      attached.remove(unit);
    }
  }

  private void toggle(OrganizationsFixture fixture, String root) {
    PolicyType type = TYPES[random.nextInt(2)];
    if (!enabled.contains(type)) {
      fixture.enable(type);
      enabled.add(type);
      parents
          .keySet()
          .forEach(
              target -> attached.computeIfAbsent(target, _ -> new TreeSet<>()).add(usual(type)));
    } else if (random.nextInt(10) == 0) {
      fixture.run(
          fixture.service().policyTypes()::disablePolicyType,
          DisablePolicyTypeRequest.builder().rootId(root).policyType(type.name()).build());
      enabled.remove(type);
      attached.values().forEach(on -> on.removeIf(policy -> typeOf(policy) == type));
    }
  }

  private void usual(String target) {
    enabled.forEach(
        type -> attached.computeIfAbsent(target, _ -> new TreeSet<>()).add(usual(type)));
  }

  private static String usual(PolicyType type) {
    return AwsManagedPolicies.of(type).orElseThrow().id();
  }

  private PolicyType typeOf(String policy) {
    return AwsManagedPolicies.find(policy)
        .map(Policy::type)
        .orElseGet(() -> Objects.requireNonNull(policies.get(policy)));
  }

  private static String content(PolicyType type) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"kms:*\","
        + (type == PolicyType.RESOURCE_CONTROL_POLICY ? "\"Principal\":\"*\"," : "")
        + "\"Resource\":\"*\"}}";
  }

  private String unit() {
    return Objects.requireNonNull(
        any(parents.keySet().stream().filter(id -> !accounts.contains(id)).toList()));
  }

  private @Nullable String any(Collection<String> of) {
    return of.isEmpty() ? null : List.copyOf(of).get(random.nextInt(of.size()));
  }

  private void compare(StoredDirectory directory, String root) {
    String account = any(accounts);
    if (account == null) {
      return;
    }
    Membership found = directory.membership(new AccountId(account)).orElseThrow();
    List<String> way = new ArrayList<>();
    for (String at = account; at != null; at = parents.get(at)) {
      way.addFirst(at);
    }
    assertThat(way).startsWith(root);
    assertThat(found.path())
        .isEqualTo(
            found.organizationId() + '/' + String.join("/", way.subList(0, way.size() - 1)) + '/');
    assertThat(ids(found.serviceControl()))
        .isEqualTo(expected(way, PolicyType.SERVICE_CONTROL_POLICY));
    assertThat(ids(found.resourceControl()))
        .isEqualTo(expected(way, PolicyType.RESOURCE_CONTROL_POLICY));
  }

  private @Nullable List<Set<String>> expected(List<String> way, PolicyType type) {
    if (!enabled.contains(type)) {
      return null;
    }
    List<Set<String>> levels = new ArrayList<>();
    for (String entity : way) {
      Set<String> level = new TreeSet<>(attached.getOrDefault(entity, Set.of()));
      level.removeIf(policy -> typeOf(policy) != type);
      levels.add(level);
    }
    return levels;
  }

  private static @Nullable List<Set<String>> ids(@Nullable List<List<ControlPolicy>> levels) {
    if (levels == null) {
      return null;
    }
    List<Set<String>> ids = new ArrayList<>();
    for (List<ControlPolicy> level : levels) {
      Set<String> found = new TreeSet<>();
      level.forEach(policy -> found.add(policy.arn().replaceFirst(".*/", "")));
      ids.add(found);
    }
    return ids;
  }
}
