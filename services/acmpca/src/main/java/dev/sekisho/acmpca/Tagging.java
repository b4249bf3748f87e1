package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.ListTagsRequest;
import dev.sekisho.contract.acmpca.ListTagsResponse;
import dev.sekisho.contract.acmpca.Tag;
import dev.sekisho.contract.acmpca.TagCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.TagCertificateAuthorityResponse;
import dev.sekisho.contract.acmpca.UntagCertificateAuthorityRequest;
import dev.sekisho.contract.acmpca.UntagCertificateAuthorityResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestTags;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts tags on authorities, takes them off and lists them. */
final class Tagging implements AcmPcaApi.Tagging {

  private static final int LARGEST_PAGE = 1_000;

  private final AuthorityWork work;

  Tagging(AuthorityWork work) {
    this.work = work;
  }

  @Override
  public Guarded<TagCertificateAuthorityResponse> tagCertificateAuthority(
      Call<TagCertificateAuthorityRequest> call) {
    Map<String, String> tags = AuthorityTags.read(call.input().tags());
    return work.on(
        call,
        call.input().certificateAuthorityArn(),
        RequestTags.conditions(tags),
        (_, authority) ->
            Outcome.change(transaction -> {
              AuthorityWork.again(transaction, authority);
              AuthorityTags.TABLE.put(transaction, authority.arn(), tags);
              AuthorityTags.requireFew(
                  AuthorityTags.TABLE.of(StoreTransaction.handle(transaction), authority.arn()));
              return TagCertificateAuthorityResponse.builder().build();
            }));
  }

  @Override
  public Guarded<UntagCertificateAuthorityResponse> untagCertificateAuthority(
      Call<UntagCertificateAuthorityRequest> call) {
    List<Tag> tags = call.input().tags();
    return work.on(
        call,
        call.input().certificateAuthorityArn(),
        Map.of("aws:TagKeys", tags.stream().map(Tag::key).distinct().toList()),
        (_, authority) ->
            Outcome.change(transaction -> {
              AuthorityWork.again(transaction, authority);
              tags.forEach(tag ->
                  AuthorityTags.TABLE.remove(transaction, authority.arn(), tag.key(), tag.value()));
              return UntagCertificateAuthorityResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListTagsResponse> listTags(Call<ListTagsRequest> call) {
    ListTagsRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          String list = AuthorityWork.list(call, authority.arn());
          String after = work.open(list, input.nextToken());
          int limit = Objects.requireNonNullElse(input.maxResults(), LARGEST_PAGE);
          List<Tag> rest =
              work
                  .context()
                  .database()
                  .read(handle -> AuthorityTags.TABLE.of(handle, authority.arn()))
                  .entrySet()
                  .stream()
                  .filter(tag -> tag.getKey().compareTo(after) > 0)
                  .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                  .toList();
          boolean more = rest.size() > limit;
          List<Tag> page = more ? rest.subList(0, limit) : rest;
          return Outcome.answer(
              ListTagsResponse.builder()
                  .tags(page)
                  .nextToken(more ? work.context().pages().seal(list, page.getLast().key()) : null)
                  .build());
        });
  }
}
