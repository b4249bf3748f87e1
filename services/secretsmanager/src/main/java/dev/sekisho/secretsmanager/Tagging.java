package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.TagResourceRequest;
import dev.sekisho.contract.secretsmanager.TagResourceResponse;
import dev.sekisho.contract.secretsmanager.UntagResourceRequest;
import dev.sekisho.contract.secretsmanager.UntagResourceResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestTags;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Map;

/** Puts tags on secrets and takes them off. */
final class Tagging implements SecretsManagerApi.Tagging {

  private final SecretWork work;

  Tagging(SecretWork work) {
    this.work = work;
  }

  @Override
  public Guarded<TagResourceResponse> tagResource(Call<TagResourceRequest> call) {
    Map<String, String> tags = SecretTags.read(call.input().tags());
    return work.onPrimary(
        call,
        "secretsmanager:TagResource",
        call.input().secretId(),
        RequestTags.conditions(tags),
        (_, secret) ->
            Outcome.change(transaction -> {
              SecretWork.again(transaction, secret);
              SecretTags.TABLE.put(transaction, secret.arn(), tags);
              SecretTags.requireFew(
                  SecretTags.TABLE.of(StoreTransaction.handle(transaction), secret.arn()));
              Replicas.update(transaction, secret);
              return TagResourceResponse.builder().build();
            }));
  }

  @Override
  public Guarded<UntagResourceResponse> untagResource(Call<UntagResourceRequest> call) {
    List<String> keys = call.input().tagKeys();
    return work.onPrimary(
        call,
        "secretsmanager:UntagResource",
        call.input().secretId(),
        keys.isEmpty() ? Map.of() : Map.of("aws:TagKeys", keys),
        (_, secret) ->
            Outcome.change(transaction -> {
              SecretWork.again(transaction, secret);
              keys.forEach(key -> SecretTags.TABLE.remove(transaction, secret.arn(), key, null));
              Replicas.update(transaction, secret);
              return UntagResourceResponse.builder().build();
            }));
  }
}
