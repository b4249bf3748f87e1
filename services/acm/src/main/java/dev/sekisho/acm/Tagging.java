package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.contract.acm.AddTagsToCertificateRequest;
import dev.sekisho.contract.acm.AddTagsToCertificateResponse;
import dev.sekisho.contract.acm.ListTagsForCertificateRequest;
import dev.sekisho.contract.acm.ListTagsForCertificateResponse;
import dev.sekisho.contract.acm.ListTagsForResourceRequest;
import dev.sekisho.contract.acm.ListTagsForResourceResponse;
import dev.sekisho.contract.acm.RemoveTagsFromCertificateRequest;
import dev.sekisho.contract.acm.RemoveTagsFromCertificateResponse;
import dev.sekisho.contract.acm.Tag;
import dev.sekisho.contract.acm.TagResourceRequest;
import dev.sekisho.contract.acm.TagResourceResponse;
import dev.sekisho.contract.acm.UntagResourceRequest;
import dev.sekisho.contract.acm.UntagResourceResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestTags;
import java.util.List;
import java.util.Map;

/** Puts tags on certificates, takes them off and lists them, in the older words and the newer. */
final class Tagging implements AcmApi.Tagging {

  private final CertificateWork work;

  Tagging(CertificateWork work) {
    this.work = work;
  }

  @Override
  public Guarded<AddTagsToCertificateResponse> addTagsToCertificate(
      Call<AddTagsToCertificateRequest> call) {
    return put(
        call,
        call.input().certificateArn(),
        call.input().tags(),
        AddTagsToCertificateResponse.builder().build());
  }

  @Override
  public Guarded<TagResourceResponse> tagResource(Call<TagResourceRequest> call) {
    return put(
        call,
        call.input().resourceArn(),
        call.input().tags(),
        TagResourceResponse.builder().build());
  }

  private <O> Guarded<O> put(Call<?> call, String arn, List<Tag> given, O answer) {
    Map<String, String> tags = CertificateTags.read(given);
    return work.on(
        call,
        arn,
        RequestTags.conditions(tags),
        (_, certificate) ->
            Outcome.change(transaction -> {
              CertificateWork.again(transaction, certificate);
              CertificateTags.put(transaction, certificate.arn(), tags);
              return answer;
            }));
  }

  @Override
  public Guarded<RemoveTagsFromCertificateResponse> removeTagsFromCertificate(
      Call<RemoveTagsFromCertificateRequest> call) {
    List<Tag> tags = call.input().tags();
    return work.on(
        call,
        call.input().certificateArn(),
        Map.of("aws:TagKeys", tags.stream().map(Tag::key).distinct().toList()),
        (_, certificate) ->
            Outcome.change(transaction -> {
              CertificateWork.again(transaction, certificate);
              tags.forEach(tag ->
                  CertificateTags.TABLE.remove(
                      transaction, certificate.arn(), tag.key(), tag.value()));
              return RemoveTagsFromCertificateResponse.builder().build();
            }));
  }

  @Override
  public Guarded<UntagResourceResponse> untagResource(Call<UntagResourceRequest> call) {
    List<String> keys = call.input().tagKeys();
    return work.on(
        call,
        call.input().resourceArn(),
        Map.of("aws:TagKeys", keys),
        (_, certificate) ->
            Outcome.change(transaction -> {
              CertificateWork.again(transaction, certificate);
              keys.forEach(
                  key -> CertificateTags.TABLE.remove(transaction, certificate.arn(), key, null));
              return UntagResourceResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListTagsForCertificateResponse> listTagsForCertificate(
      Call<ListTagsForCertificateRequest> call) {
    return work.on(
        call,
        call.input().certificateArn(),
        (_, certificate) ->
            Outcome.answer(
                ListTagsForCertificateResponse.builder().tags(tags(certificate)).build()));
  }

  @Override
  public Guarded<ListTagsForResourceResponse> listTagsForResource(
      Call<ListTagsForResourceRequest> call) {
    return work.on(
        call,
        call.input().resourceArn(),
        (_, certificate) ->
            Outcome.answer(ListTagsForResourceResponse.builder().tags(tags(certificate)).build()));
  }

  private List<Tag> tags(StoredCertificate certificate) {
    return CertificateTags.shown(
        work.context()
            .database()
            .read(handle -> CertificateTags.TABLE.of(handle, certificate.arn())));
  }
}
