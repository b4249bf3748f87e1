package dev.sekisho.iam;

import dev.sekisho.contract.iam.EvaluationResult;
import dev.sekisho.contract.iam.GetContextKeysForCustomPolicyRequest;
import dev.sekisho.contract.iam.GetContextKeysForPolicyResponse;
import dev.sekisho.contract.iam.GetContextKeysForPrincipalPolicyRequest;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.OrderedOrganizationPolicyType;
import dev.sekisho.contract.iam.SimulateCustomPolicyRequest;
import dev.sekisho.contract.iam.SimulatePolicyResponse;
import dev.sekisho.contract.iam.SimulatePrincipalPolicyRequest;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.ContextKeyNames;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicyValidator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers what policies would decide, and what they would have to know for it. */
final class PolicySimulator implements IamApi.PolicySimulator {

  private static final int USUAL_PAGE = 100;

  private final IamContext iam;
  private final OrganizationDirectory organizations;

  PolicySimulator(IamContext iam, OrganizationDirectory organizations) {
    this.iam = iam;
    this.organizations = organizations;
  }

  @Override
  public Guarded<SimulatePolicyResponse> simulateCustomPolicy(
      Call<SimulateCustomPolicyRequest> call) {
    SimulateCustomPolicyRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:SimulateCustomPolicy", "*"),
        _ -> {
          Principal caller = caller(input.callerArn(), call.account());
          Simulation simulation =
              new Simulation(
                  caller,
                  new SimulatedRequest(caller, input.contextEntries()),
                  inputs("PolicyInputList", input.policyInputList()),
                  boundary(input.permissionsBoundaryPolicyInputList()),
                  resourcePolicy(input.resourcePolicy(), input.callerArn()),
                  isOfAnother(input.resourceOwner(), caller),
                  input.orderedOrganizationPolicyInputList() != null,
                  serviceControl(input.orderedOrganizationPolicyInputList()));
          return Outcome.answer(
              page(
                  call,
                  results(simulation, input.actionNames(), input.resourceArns()),
                  input.marker(),
                  input.maxItems()));
        });
  }

  @Override
  public Guarded<SimulatePolicyResponse> simulatePrincipalPolicy(
      Call<SimulatePrincipalPolicyRequest> call) {
    SimulatePrincipalPolicyRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:SimulatePrincipalPolicy", input.policySourceArn()),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity source = source(handle, input.policySourceArn(), call.account());
                  List<CompiledPolicy> policies =
                      new ArrayList<>(
                          documents(handle, source).entrySet().stream()
                              .map(each -> Documents.compile(each.getKey(), each.getValue()))
                              .toList());
                  policies.addAll(inputs("PolicyInputList", input.policyInputList()));
                  Principal caller =
                      input.callerArn() == null
                          ? principal(source)
                          : caller(input.callerArn(), call.account());
                  Simulation simulation =
                      new Simulation(
                          caller,
                          new SimulatedRequest(caller, input.contextEntries()),
                          policies,
                          boundary(handle, source, input.permissionsBoundaryPolicyInputList()),
                          resourcePolicy(input.resourcePolicy(), "source"),
                          isOfAnother(input.resourceOwner(), caller),
                          true,
                          serviceControl(source));
                  return Outcome.answer(
                      page(
                          call,
                          results(simulation, input.actionNames(), input.resourceArns()),
                          input.marker(),
                          input.maxItems()));
                }));
  }

  @Override
  public Guarded<GetContextKeysForPolicyResponse> getContextKeysForCustomPolicy(
      Call<GetContextKeysForCustomPolicyRequest> call) {
    return Guarded.by(
        AccessCheck.of("iam:GetContextKeysForCustomPolicy", "*"),
        _ -> {
          call.input().policyInputList().forEach(PolicySimulator::check);
          return Outcome.answer(keys(call.input().policyInputList().stream()));
        });
  }

  @Override
  public Guarded<GetContextKeysForPolicyResponse> getContextKeysForPrincipalPolicy(
      Call<GetContextKeysForPrincipalPolicyRequest> call) {
    GetContextKeysForPrincipalPolicyRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:GetContextKeysForPrincipalPolicy", input.policySourceArn()),
        _ -> {
          List<String> more = Objects.requireNonNullElse(input.policyInputList(), List.of());
          more.forEach(PolicySimulator::check);
          return iam.database()
              .read(handle ->
                  Outcome.answer(
                      keys(
                          Stream.concat(
                              documents(
                                  handle, source(handle, input.policySourceArn(), call.account()))
                                  .values()
                                  .stream(),
                              more.stream()))));
        });
  }

  private static GetContextKeysForPolicyResponse keys(Stream<String> documents) {
    Map<String, String> keys = new LinkedHashMap<>();
    documents
        .map(PolicyParser::parse)
        .flatMap(document -> ContextKeyNames.of(document).stream())
        .forEach(key -> keys.putIfAbsent(key.toLowerCase(Locale.ROOT), key));
    return GetContextKeysForPolicyResponse.builder()
        .contextKeyNames(List.copyOf(keys.values()))
        .build();
  }

  private static List<EvaluationResult> results(
      Simulation simulation, List<String> actions, @Nullable List<String> resources) {
    List<String> places = resources == null || resources.isEmpty() ? List.of("*") : resources;
    return actions.stream()
        .flatMap(action -> places.stream().map(place -> simulation.evaluate(action, place)))
        .toList();
  }

  private SimulatePolicyResponse page(
      Call<?> call,
      List<EvaluationResult> results,
      @Nullable String marker,
      @Nullable Integer maxItems) {
    PageRequest request =
        PageRequest.of(
            call,
            iam.pages(),
            Integer.toHexString(results.hashCode()),
            marker,
            Objects.requireNonNullElse(maxItems, USUAL_PAGE));
    int from = request.after().isEmpty() ? 0 : Integer.parseInt(request.after());
    List<Integer> indexes =
        Stream.iterate(from, i -> i < results.size(), i -> i + 1)
            .limit(request.limit() + 1L)
            .toList();
    PageRequest.Page<Integer> page =
        request.cut(indexes, iam.pages(), index -> Integer.toString(index + 1));
    return SimulatePolicyResponse.builder()
        .evaluationResults(page.items().stream().map(results::get).toList())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static void check(String document) {
    check(document, PolicyKind.IDENTITY);
  }

  private static void check(String document, PolicyKind kind) {
    try {
      PolicyValidator.check(document, kind);
    } catch (MalformedPolicyException malformed) {
      throw IamErrors.invalidInput(malformed.message());
    }
  }

  private static List<CompiledPolicy> inputs(String list, @Nullable List<String> documents) {
    List<CompiledPolicy> policies = new ArrayList<>();
    if (documents != null) {
      for (String document : documents) {
        check(document);
        policies.add(Documents.compile(list + "." + (policies.size() + 1), document));
      }
    }
    return policies;
  }

  /** What the organization of the entity's account lays on it; nothing binds the services' own. */
  private List<List<CompiledPolicy>> serviceControl(Entity source) {
    return source.path().startsWith(ServiceLinkedRoleTemplate.PATH)
        ? List.of()
        : organizations
            .membership(source.account())
            .map(membership -> OrganizationPolicies.of(membership).serviceControl())
            .orElse(List.of());
  }

  private static boolean isOfAnother(@Nullable String owner, Principal caller) {
    return owner != null && !parse(owner).account().equals(String.valueOf(caller.account()));
  }

  /** The policies of each level of an organisation, from its root to the account. */
  private static List<List<CompiledPolicy>> serviceControl(
      @Nullable List<OrderedOrganizationPolicyType> levels) {
    List<List<CompiledPolicy>> policies = new ArrayList<>();
    for (OrderedOrganizationPolicyType level :
        Objects.requireNonNullElse(levels, List.<OrderedOrganizationPolicyType>of())) {
      int number = policies.size() + 1;
      List<String> documents = level.serviceControlPolicyInputList();
      if (documents == null || documents.isEmpty()) {
        throw IamErrors.invalidInput(
            "Organization policy at index "
                + number
                + " must contain at least one service control policy");
      }
      List<CompiledPolicy> compiled = new ArrayList<>();
      for (String document : documents) {
        check(document, PolicyKind.SERVICE_CONTROL);
        compiled.add(
            Documents.compile(Simulation.serviceControlId(number, compiled.size() + 1), document));
      }
      policies.add(compiled);
    }
    return policies;
  }

  private static @Nullable CompiledPolicy boundary(@Nullable List<String> documents) {
    List<CompiledPolicy> policies = inputs("PermissionsBoundaryPolicyInputList", documents);
    if (policies.size() > 1) {
      throw IamErrors.invalidInput("Only one permissions boundary can be simulated.");
    }
    return policies.isEmpty() ? null : policies.getFirst();
  }

  private static @Nullable CompiledPolicy boundary(
      Handle handle, Entity source, @Nullable List<String> documents) {
    CompiledPolicy given = boundary(documents);
    String arn = source.boundary();
    if (given != null || arn == null) {
      return given;
    }
    return ManagedPolicyStore.find(handle, arn)
        .map(policy -> Documents.compile(arn, ManagedPolicyStore.document(handle, policy)))
        .orElseGet(() -> CompiledPolicy.nothing(arn));
  }

  private static @Nullable CompiledPolicy resourcePolicy(
      @Nullable String document, @Nullable String caller) {
    if (document == null) {
      return null;
    }
    if (caller == null) {
      throw IamErrors.invalidInput("A CallerArn is needed when a ResourcePolicy is given.");
    }
    check(document, PolicyKind.RESOURCE);
    return Documents.compile("ResourcePolicy", document);
  }

  private static Principal caller(@Nullable String arn, AccountId account) {
    if (arn == null) {
      return new Principal.User(account, "/", "simulated", "AIDASIMULATED");
    }
    Arn parsed = parse(arn);
    if (!parsed.service().equals("iam") || !parsed.resource().startsWith("user/")) {
      throw IamErrors.invalidInput("CallerArn must be the ARN of a user: " + arn);
    }
    int slash = parsed.resource().lastIndexOf('/');
    return new Principal.User(
        new AccountId(parsed.account()),
        parsed.resource().substring(4, slash + 1),
        parsed.resource().substring(slash + 1),
        "AIDASIMULATED");
  }

  private static Arn parse(String arn) {
    try {
      return Arn.parse(arn);
    } catch (IllegalArgumentException notAnArn) {
      throw IamErrors.invalidInput(arn + " is not an ARN.");
    }
  }

  private static Entity source(Handle handle, String text, AccountId account) {
    Arn arn = parse(text);
    for (EntityKind kind : EntityKind.values()) {
      if (arn.resource().startsWith(kind.arnPrefix() + "/")) {
        String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
        return EntityStore.find(handle, kind, account, name)
            .filter(entity -> entity.arn().equals(arn))
            .orElseThrow(() -> kind.noSuch(name));
      }
    }
    throw IamErrors.invalidInput("Invalid Entity Arn: " + text);
  }

  private static Principal principal(Entity source) {
    return switch (source.kind()) {
      case USER, GROUP ->
          new Principal.User(source.account(), source.path(), source.name(), source.id());
      case ROLE ->
          new Principal.RoleSession(
              source.account(), source.path(), source.name(), source.id(), "simulated");
    };
  }

  /** All policies of the entity, a user's groups' among them, by what answers call them. */
  private static Map<String, String> documents(Handle handle, Entity entity) {
    Map<String, String> documents = new LinkedHashMap<>();
    String kind = entity.kind().displayName().toLowerCase(Locale.ROOT);
    for (OwnedPolicies.Inline inline : OwnedPolicies.inline(handle, entity.id())) {
      documents.put(kind + "_" + entity.name() + "_" + inline.name(), inline.document());
    }
    for (String arn : OwnedPolicies.attached(handle, entity.id())) {
      ManagedPolicyStore.find(handle, arn)
          .ifPresent(
              policy -> documents.put(policy.name(), ManagedPolicyStore.document(handle, policy)));
    }
    if (entity.kind() == EntityKind.USER) {
      for (String groupId : Groups.groupIds(handle, entity.id())) {
        EntityStore.byId(handle, EntityKind.GROUP, groupId)
            .ifPresent(group -> documents.putAll(documents(handle, group)));
      }
    }
    return documents;
  }
}
