package dev.sekisho.iam;

import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListInstanceProfileTagsRequest;
import dev.sekisho.contract.iam.ListInstanceProfileTagsResponse;
import dev.sekisho.contract.iam.ListMFADeviceTagsRequest;
import dev.sekisho.contract.iam.ListMFADeviceTagsResponse;
import dev.sekisho.contract.iam.ListOpenIDConnectProviderTagsRequest;
import dev.sekisho.contract.iam.ListOpenIDConnectProviderTagsResponse;
import dev.sekisho.contract.iam.ListPolicyTagsRequest;
import dev.sekisho.contract.iam.ListPolicyTagsResponse;
import dev.sekisho.contract.iam.ListRoleTagsRequest;
import dev.sekisho.contract.iam.ListRoleTagsResponse;
import dev.sekisho.contract.iam.ListSAMLProviderTagsRequest;
import dev.sekisho.contract.iam.ListSAMLProviderTagsResponse;
import dev.sekisho.contract.iam.ListServerCertificateTagsRequest;
import dev.sekisho.contract.iam.ListServerCertificateTagsResponse;
import dev.sekisho.contract.iam.ListUserTagsRequest;
import dev.sekisho.contract.iam.ListUserTagsResponse;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.TagInstanceProfileRequest;
import dev.sekisho.contract.iam.TagInstanceProfileResponse;
import dev.sekisho.contract.iam.TagMFADeviceRequest;
import dev.sekisho.contract.iam.TagMFADeviceResponse;
import dev.sekisho.contract.iam.TagOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.TagOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.TagPolicyRequest;
import dev.sekisho.contract.iam.TagPolicyResponse;
import dev.sekisho.contract.iam.TagRoleRequest;
import dev.sekisho.contract.iam.TagRoleResponse;
import dev.sekisho.contract.iam.TagSAMLProviderRequest;
import dev.sekisho.contract.iam.TagSAMLProviderResponse;
import dev.sekisho.contract.iam.TagServerCertificateRequest;
import dev.sekisho.contract.iam.TagServerCertificateResponse;
import dev.sekisho.contract.iam.TagUserRequest;
import dev.sekisho.contract.iam.TagUserResponse;
import dev.sekisho.contract.iam.UntagInstanceProfileRequest;
import dev.sekisho.contract.iam.UntagInstanceProfileResponse;
import dev.sekisho.contract.iam.UntagMFADeviceRequest;
import dev.sekisho.contract.iam.UntagMFADeviceResponse;
import dev.sekisho.contract.iam.UntagOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.UntagOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.UntagPolicyRequest;
import dev.sekisho.contract.iam.UntagPolicyResponse;
import dev.sekisho.contract.iam.UntagRoleRequest;
import dev.sekisho.contract.iam.UntagRoleResponse;
import dev.sekisho.contract.iam.UntagSAMLProviderRequest;
import dev.sekisho.contract.iam.UntagSAMLProviderResponse;
import dev.sekisho.contract.iam.UntagServerCertificateRequest;
import dev.sekisho.contract.iam.UntagServerCertificateResponse;
import dev.sekisho.contract.iam.UntagUserRequest;
import dev.sekisho.contract.iam.UntagUserResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tags on everything in IAM that can carry them. */
final class Tagging implements IamApi.Tagging {

  private static final int QUOTA = 50;

  /**
   * What carries the tags.
   *
   * @param name what pages of its tags are bound to
   * @param id finds its unique id, or throws NoSuchEntity
   */
  private record Owner(String name, AccessCheck check, Function<Handle, String> id) {}

  private final IamContext iam;

  Tagging(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<TagUserResponse> tagUser(Call<TagUserRequest> call) {
    TagUserRequest input = call.input();
    return tag(
        entity(EntityKind.USER, call, input.userName()),
        input.tags(),
        TagUserResponse.builder().build());
  }

  @Override
  public Guarded<UntagUserResponse> untagUser(Call<UntagUserRequest> call) {
    UntagUserRequest input = call.input();
    return untag(
        entity(EntityKind.USER, call, input.userName()),
        input.tagKeys(),
        UntagUserResponse.builder().build());
  }

  @Override
  public Guarded<ListUserTagsResponse> listUserTags(Call<ListUserTagsRequest> call) {
    ListUserTagsRequest input = call.input();
    return list(
        entity(EntityKind.USER, call, input.userName()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListUserTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<TagRoleResponse> tagRole(Call<TagRoleRequest> call) {
    TagRoleRequest input = call.input();
    return tag(
        entity(EntityKind.ROLE, call, input.roleName()),
        input.tags(),
        TagRoleResponse.builder().build());
  }

  @Override
  public Guarded<UntagRoleResponse> untagRole(Call<UntagRoleRequest> call) {
    UntagRoleRequest input = call.input();
    return untag(
        entity(EntityKind.ROLE, call, input.roleName()),
        input.tagKeys(),
        UntagRoleResponse.builder().build());
  }

  @Override
  public Guarded<ListRoleTagsResponse> listRoleTags(Call<ListRoleTagsRequest> call) {
    ListRoleTagsRequest input = call.input();
    return list(
        entity(EntityKind.ROLE, call, input.roleName()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<TagPolicyResponse> tagPolicy(Call<TagPolicyRequest> call) {
    TagPolicyRequest input = call.input();
    return tag(policy(call, input.policyArn()), input.tags(), TagPolicyResponse.builder().build());
  }

  @Override
  public Guarded<UntagPolicyResponse> untagPolicy(Call<UntagPolicyRequest> call) {
    UntagPolicyRequest input = call.input();
    return untag(
        policy(call, input.policyArn()), input.tagKeys(), UntagPolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListPolicyTagsResponse> listPolicyTags(Call<ListPolicyTagsRequest> call) {
    ListPolicyTagsRequest input = call.input();
    return list(
        policy(call, input.policyArn()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListPolicyTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<TagInstanceProfileResponse> tagInstanceProfile(
      Call<TagInstanceProfileRequest> call) {
    TagInstanceProfileRequest input = call.input();
    return tag(
        profile(call, input.instanceProfileName()),
        input.tags(),
        TagInstanceProfileResponse.builder().build());
  }

  @Override
  public Guarded<UntagInstanceProfileResponse> untagInstanceProfile(
      Call<UntagInstanceProfileRequest> call) {
    UntagInstanceProfileRequest input = call.input();
    return untag(
        profile(call, input.instanceProfileName()),
        input.tagKeys(),
        UntagInstanceProfileResponse.builder().build());
  }

  @Override
  public Guarded<ListInstanceProfileTagsResponse> listInstanceProfileTags(
      Call<ListInstanceProfileTagsRequest> call) {
    ListInstanceProfileTagsRequest input = call.input();
    return list(
        profile(call, input.instanceProfileName()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListInstanceProfileTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<TagServerCertificateResponse> tagServerCertificate(
      Call<TagServerCertificateRequest> call) {
    TagServerCertificateRequest input = call.input();
    return tag(
        certificate(call, input.serverCertificateName()),
        input.tags(),
        TagServerCertificateResponse.builder().build());
  }

  @Override
  public Guarded<UntagServerCertificateResponse> untagServerCertificate(
      Call<UntagServerCertificateRequest> call) {
    UntagServerCertificateRequest input = call.input();
    return untag(
        certificate(call, input.serverCertificateName()),
        input.tagKeys(),
        UntagServerCertificateResponse.builder().build());
  }

  @Override
  public Guarded<ListServerCertificateTagsResponse> listServerCertificateTags(
      Call<ListServerCertificateTagsRequest> call) {
    ListServerCertificateTagsRequest input = call.input();
    return list(
        certificate(call, input.serverCertificateName()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListServerCertificateTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<TagMFADeviceResponse> tagMFADevice(Call<TagMFADeviceRequest> call) {
    TagMFADeviceRequest input = call.input();
    return tag(
        device(call, input.serialNumber()), input.tags(), TagMFADeviceResponse.builder().build());
  }

  @Override
  public Guarded<UntagMFADeviceResponse> untagMFADevice(Call<UntagMFADeviceRequest> call) {
    UntagMFADeviceRequest input = call.input();
    return untag(
        device(call, input.serialNumber()),
        input.tagKeys(),
        UntagMFADeviceResponse.builder().build());
  }

  @Override
  public Guarded<ListMFADeviceTagsResponse> listMFADeviceTags(Call<ListMFADeviceTagsRequest> call) {
    ListMFADeviceTagsRequest input = call.input();
    return list(
        device(call, input.serialNumber()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListMFADeviceTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  private Owner device(Call<?> call, String serial) {
    return new Owner(
        serial,
        VirtualMfaDevices.check(iam, call, serial),
        handle -> MfaDeviceStore.requireVirtual(handle, call.account(), serial).serial());
  }

  @Override
  public Guarded<TagOpenIDConnectProviderResponse> tagOpenIDConnectProvider(
      Call<TagOpenIDConnectProviderRequest> call) {
    TagOpenIDConnectProviderRequest input = call.input();
    return tag(
        openIdConnect(call, input.openIDConnectProviderArn()),
        input.tags(),
        TagOpenIDConnectProviderResponse.builder().build());
  }

  @Override
  public Guarded<UntagOpenIDConnectProviderResponse> untagOpenIDConnectProvider(
      Call<UntagOpenIDConnectProviderRequest> call) {
    UntagOpenIDConnectProviderRequest input = call.input();
    return untag(
        openIdConnect(call, input.openIDConnectProviderArn()),
        input.tagKeys(),
        UntagOpenIDConnectProviderResponse.builder().build());
  }

  @Override
  public Guarded<ListOpenIDConnectProviderTagsResponse> listOpenIDConnectProviderTags(
      Call<ListOpenIDConnectProviderTagsRequest> call) {
    ListOpenIDConnectProviderTagsRequest input = call.input();
    return list(
        openIdConnect(call, input.openIDConnectProviderArn()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListOpenIDConnectProviderTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<TagSAMLProviderResponse> tagSAMLProvider(Call<TagSAMLProviderRequest> call) {
    TagSAMLProviderRequest input = call.input();
    return tag(
        saml(call, input.samlProviderArn()),
        input.tags(),
        TagSAMLProviderResponse.builder().build());
  }

  @Override
  public Guarded<UntagSAMLProviderResponse> untagSAMLProvider(Call<UntagSAMLProviderRequest> call) {
    UntagSAMLProviderRequest input = call.input();
    return untag(
        saml(call, input.samlProviderArn()),
        input.tagKeys(),
        UntagSAMLProviderResponse.builder().build());
  }

  @Override
  public Guarded<ListSAMLProviderTagsResponse> listSAMLProviderTags(
      Call<ListSAMLProviderTagsRequest> call) {
    ListSAMLProviderTagsRequest input = call.input();
    return list(
        saml(call, input.samlProviderArn()),
        call,
        input.marker(),
        input.maxItems(),
        page ->
            ListSAMLProviderTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  private Owner openIdConnect(Call<?> call, String arn) {
    return new Owner(
        arn,
        OpenIdConnectProviders.check(iam, call, arn),
        handle -> OpenIdConnectProviders.require(handle, call, arn).id());
  }

  private Owner saml(Call<?> call, String arn) {
    return new Owner(
        arn,
        SamlProviders.check(iam, call, arn),
        handle -> SamlProviders.require(handle, call, arn).id());
  }

  private Owner certificate(Call<?> call, String name) {
    return new Owner(
        name,
        ServerCertificates.check(iam, call, name),
        handle ->
            new ServerCertificateStore(iam.keyring()).require(handle, call.account(), name).id());
  }

  private Owner entity(EntityKind kind, Call<?> call, String name) {
    return new Owner(
        name,
        EntityChecks.of(iam, action(call), kind, call.account(), name),
        handle ->
            EntityStore.find(handle, kind, call.account(), name)
                .orElseThrow(() -> kind.noSuch(name))
                .id());
  }

  private static Owner policy(Call<?> call, String arn) {
    return new Owner(
        arn,
        ManagedPolicies.check(action(call), arn),
        handle -> ManagedPolicies.requireOwn(handle, arn, call.account()).id());
  }

  private Owner profile(Call<?> call, String name) {
    return new Owner(
        name,
        InstanceProfiles.check(iam, call, name),
        handle -> InstanceProfileStore.require(handle, call.account(), name).id());
  }

  private static String action(Call<?> call) {
    return "iam:" + call.context().operation();
  }

  private <O> Guarded<O> tag(Owner owner, List<Tag> tags, O output) {
    return Guarded.by(
        TagStore.requested(owner.check(), tags),
        _ -> {
          TagStore.check(tags);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            String id = owner.id().apply(handle);
            TagStore.put(transaction, id, tags);
            if (TagStore.of(handle, id).size() > QUOTA) {
              throw IamErrors.limitExceeded("The number of tags has reached the maximum limit.");
            }
            iam.changed(transaction);
            return output;
          });
        });
  }

  private <O> Guarded<O> untag(Owner owner, List<String> keys, O output) {
    return Guarded.by(
        owner.check().with("aws:TagKeys", keys),
        _ ->
            Outcome.change(transaction -> {
              String id = owner.id().apply(StoreTransaction.handle(transaction));
              TagStore.remove(transaction, id, keys);
              iam.changed(transaction);
              return output;
            }));
  }

  private <O> Guarded<O> list(
      Owner owner,
      Call<?> call,
      @Nullable String marker,
      @Nullable Integer maxItems,
      Function<PageRequest.Page<Tag>, O> answer) {
    return Guarded.by(
        owner.check(),
        _ -> {
          PageRequest request = PageRequest.of(call, iam.pages(), owner.name(), marker, maxItems);
          return iam.database()
              .read(handle -> {
                List<Tag> tags =
                    TagStore.of(handle, owner.id().apply(handle)).stream()
                        .filter(tag -> EntityStore.fold(tag.key()).compareTo(request.after()) > 0)
                        .limit(request.limit() + 1L)
                        .toList();
                return Outcome.answer(
                    answer.apply(
                        request.cut(tags, iam.pages(), tag -> EntityStore.fold(tag.key()))));
              });
        });
  }
}
