package dev.sekisho.kms;

import dev.sekisho.contract.kms.GetKeyPolicyRequest;
import dev.sekisho.contract.kms.GetKeyPolicyResponse;
import dev.sekisho.contract.kms.ListKeyPoliciesRequest;
import dev.sekisho.contract.kms.ListKeyPoliciesResponse;
import dev.sekisho.contract.kms.PutKeyPolicyRequest;
import dev.sekisho.contract.kms.PutKeyPolicyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may use a key: its one policy, which AWS calls {@code default}. */
final class KeyPolicies {

  private static final String NAME = "default";

  private final Keys keys;
  private final KeyAccess access;
  private final KeyStore store;
  private final KeyPolicyRules rules;

  KeyPolicies(Keys keys, KeyAccess access, KeyStore store, KeyPolicyRules rules) {
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.rules = rules;
  }

  Guarded<GetKeyPolicyResponse> get(Call<GetKeyPolicyRequest> call) {
    String action = "kms:GetKeyPolicy";
    Key key = keys.manage(call, call.input().keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          requireName(call.input().policyName());
          return Outcome.answer(
              GetKeyPolicyResponse.builder().policy(key.policy()).policyName(NAME).build());
        });
  }

  Guarded<PutKeyPolicyResponse> put(Call<PutKeyPolicyRequest> call) {
    String action = "kms:PutKeyPolicy";
    PutKeyPolicyRequest input = call.input();
    Key key = keys.manage(call, input.keyId(), action);
    boolean bypass = Boolean.TRUE.equals(input.bypassPolicyLockoutSafetyCheck());
    Map<String, List<String>> conditions =
        Map.of("kms:BypassPolicyLockoutSafetyCheck", List.of(String.valueOf(bypass)));
    return Guarded.by(
        access.of(call, action, new KeyUse(key, null), conditions),
        _ -> {
          requireName(input.policyName());
          rules.check(call, key.name(), key.conditions(), input.policy(), bypass);
          return keys.change(
              call,
              key.name(),
              (transaction, _) -> {
                store.setPolicy(transaction, key.name(), input.policy());
                return PutKeyPolicyResponse.builder().build();
              });
        });
  }

  Guarded<ListKeyPoliciesResponse> list(Call<ListKeyPoliciesRequest> call) {
    String action = "kms:ListKeyPolicies";
    Key key = keys.manage(call, call.input().keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          if (call.input().marker() != null) {
            // There is one policy, so no page ever ended with a marker.
            throw KmsErrors.invalidMarker();
          }
          return Outcome.answer(
              ListKeyPoliciesResponse.builder()
                  .policyNames(List.of(NAME))
                  .truncated(false)
                  .build());
        });
  }

  private static void requireName(@Nullable String name) {
    if (name != null && !name.equals(NAME)) {
      throw KmsErrors.notFound("No such policy exists");
    }
  }
}
