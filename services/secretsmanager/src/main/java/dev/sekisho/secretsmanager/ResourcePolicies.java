package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.DeleteResourcePolicyRequest;
import dev.sekisho.contract.secretsmanager.DeleteResourcePolicyResponse;
import dev.sekisho.contract.secretsmanager.GetResourcePolicyRequest;
import dev.sekisho.contract.secretsmanager.GetResourcePolicyResponse;
import dev.sekisho.contract.secretsmanager.PutResourcePolicyRequest;
import dev.sekisho.contract.secretsmanager.PutResourcePolicyResponse;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.ValidateResourcePolicyRequest;
import dev.sekisho.contract.secretsmanager.ValidateResourcePolicyResponse;
import dev.sekisho.contract.secretsmanager.ValidationErrorsEntry;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies of secrets, which let others in. */
final class ResourcePolicies implements SecretsManagerApi.ResourcePolicies {

  private static final String BLOCK = "secretsmanager:BlockPublicPolicy";

  private final SecretWork work;
  private final SecretPolicyRules rules;

  ResourcePolicies(SecretWork work, SecretPolicyRules rules) {
    this.work = work;
    this.rules = rules;
  }

  @Override
  public Guarded<PutResourcePolicyResponse> putResourcePolicy(Call<PutResourcePolicyRequest> call) {
    PutResourcePolicyRequest input = call.input();
    boolean block = Boolean.TRUE.equals(input.blockPublicPolicy());
    return work.onPrimary(
        call,
        "secretsmanager:PutResourcePolicy",
        input.secretId(),
        Map.of(BLOCK, List.of(String.valueOf(block))),
        (_, secret) -> {
          PolicyDocument document = rules.parse(input.resourcePolicy());
          if (block && SecretPolicyRules.isPublic(document)) {
            throw SecretsManagerErrors.publicPolicy();
          }
          return set(
              secret,
              input.resourcePolicy(),
              PutResourcePolicyResponse.builder().arn(secret.arn()).name(secret.name()).build());
        });
  }

  @Override
  public Guarded<DeleteResourcePolicyResponse> deleteResourcePolicy(
      Call<DeleteResourcePolicyRequest> call) {
    return work.onPrimary(
        call,
        "secretsmanager:DeleteResourcePolicy",
        call.input().secretId(),
        Map.of(),
        (_, secret) ->
            set(
                secret,
                null,
                DeleteResourcePolicyResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .build()));
  }

  private static <O> Outcome<O> set(StoredSecret secret, @Nullable String policy, O answer) {
    return Outcome.change(transaction -> {
      SecretWork.again(transaction, secret);
      SecretStore.setPolicy(transaction, secret.arn(), policy);
      Replicas.update(transaction, secret);
      return answer;
    });
  }

  @Override
  public Guarded<GetResourcePolicyResponse> getResourcePolicy(Call<GetResourcePolicyRequest> call) {
    return work.on(
        call,
        "secretsmanager:GetResourcePolicy",
        call.input().secretId(),
        Map.of(),
        (_, secret) ->
            Outcome.answer(
                GetResourcePolicyResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .resourcePolicy(secret.policy())
                    .build()));
  }

  @Override
  public Guarded<ValidateResourcePolicyResponse> validateResourcePolicy(
      Call<ValidateResourcePolicyRequest> call) {
    String action = "secretsmanager:ValidateResourcePolicy";
    String secretId = call.input().secretId();
    String policy = call.input().resourcePolicy();
    return secretId == null
        ? Guarded.by(AccessCheck.of(action, "*"), _ -> Outcome.answer(validated(policy)))
        : work.on(call, action, secretId, Map.of(), (_, _) -> Outcome.answer(validated(policy)));
  }

  private ValidateResourcePolicyResponse validated(String policy) {
    try {
      return SecretPolicyRules.isPublic(rules.parse(policy))
          ? found("PUBLIC_POLICY", SecretsManagerErrors.publicPolicy())
          : ValidateResourcePolicyResponse.builder()
              .policyValidationPassed(true)
              .validationErrors(List.of())
              .build();
    } catch (ServiceException malformed) {
      return found("SYNTAX", malformed);
    }
  }

  private static ValidateResourcePolicyResponse found(String check, ServiceException error) {
    return ValidateResourcePolicyResponse.builder()
        .policyValidationPassed(false)
        .validationErrors(
            List.of(
                ValidationErrorsEntry.builder()
                    .checkName(check)
                    .errorMessage(error.message())
                    .build()))
        .build();
  }
}
