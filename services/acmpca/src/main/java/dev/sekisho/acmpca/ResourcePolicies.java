package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.DeletePolicyRequest;
import dev.sekisho.contract.acmpca.DeletePolicyResponse;
import dev.sekisho.contract.acmpca.GetPolicyRequest;
import dev.sekisho.contract.acmpca.GetPolicyResponse;
import dev.sekisho.contract.acmpca.PutPolicyRequest;
import dev.sekisho.contract.acmpca.PutPolicyResponse;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyPublicness;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The policies of authorities, which let other accounts in. */
final class ResourcePolicies implements AcmPcaApi.ResourcePolicies {

  private static final PolicyPublicness PUBLICNESS = new PolicyPublicness(Set.of());

  private final AuthorityWork work;

  ResourcePolicies(AuthorityWork work) {
    this.work = work;
  }

  @Override
  public Guarded<PutPolicyResponse> putPolicy(Call<PutPolicyRequest> call) {
    PutPolicyRequest input = call.input();
    return work.on(
        call,
        input.resourceArn(),
        (_, authority) -> {
          require(input.policy());
          return set(authority, input.policy(), PutPolicyResponse.builder().build());
        });
  }

  @Override
  public Guarded<DeletePolicyResponse> deletePolicy(Call<DeletePolicyRequest> call) {
    return work.on(
        call,
        call.input().resourceArn(),
        (_, authority) -> set(authority, null, DeletePolicyResponse.builder().build()));
  }

  private static <O> Outcome<O> set(StoredAuthority authority, @Nullable String policy, O answer) {
    return Outcome.change(transaction -> {
      AuthorityWork.again(transaction, authority);
      AuthorityStore.setPolicy(transaction, authority.arn(), policy);
      return answer;
    });
  }

  @Override
  public Guarded<GetPolicyResponse> getPolicy(Call<GetPolicyRequest> call) {
    return work.on(
        call,
        call.input().resourceArn(),
        (_, authority) -> {
          if (authority.policy() == null) {
            throw AcmPcaErrors.notFound(
                "No policy is attached to the certificate authority " + authority.arn());
          }
          return Outcome.answer(GetPolicyResponse.builder().policy(authority.policy()).build());
        });
  }

  private void require(String policy) {
    PolicyDocument document;
    try {
      document = PolicyValidator.check(policy, PolicyKind.RESOURCE);
    } catch (MalformedPolicyException malformed) {
      throw AcmPcaErrors.invalidPolicy(malformed.message());
    }
    if (PUBLICNESS.isPublic(document)) {
      throw AcmPcaErrors.invalidPolicy("The policy must not let everybody in.");
    }
    for (Statement statement : document.statements()) {
      Selection<PrincipalElement> principals = statement.principal();
      if (principals != null && !principals.values().stream().allMatch(this::isKnown)) {
        throw AcmPcaErrors.invalidPolicy("The policy names a principal that does not exist.");
      }
      Selection<String> actions = statement.actions();
      if (actions != null
          && !actions.values().stream().allMatch(each -> each.startsWith("acm-pca:"))) {
        throw AcmPcaErrors.invalidPolicy("The policy names an action of another service.");
      }
    }
  }

  private boolean isKnown(PrincipalElement principal) {
    return !principal.type().equals("AWS")
        || !principal.value().startsWith("arn:")
        || work.context().principals().exists(Arn.parse(principal.value()));
  }
}
