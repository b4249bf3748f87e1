package dev.sekisho.iam;

import dev.sekisho.contract.iam.AddClientIDToOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.AddClientIDToOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.CreateOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.CreateOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.DeleteOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.DeleteOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.GetOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.GetOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListOpenIDConnectProvidersRequest;
import dev.sekisho.contract.iam.ListOpenIDConnectProvidersResponse;
import dev.sekisho.contract.iam.OpenIDConnectProviderListEntry;
import dev.sekisho.contract.iam.RemoveClientIDFromOpenIDConnectProviderRequest;
import dev.sekisho.contract.iam.RemoveClientIDFromOpenIDConnectProviderResponse;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.UpdateOpenIDConnectProviderThumbprintRequest;
import dev.sekisho.contract.iam.UpdateOpenIDConnectProviderThumbprintResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** OpenID Connect providers: whose tokens the account's roles may be assumed with. */
final class OpenIdConnectProviders implements IamApi.OpenIdConnectProviders {

  private static final int QUOTA = 100;
  private static final int CLIENT_IDS = 100;
  private static final int THUMBPRINTS = 5;
  private static final int LONGEST_CLIENT_ID = 255;
  private static final String SCHEME = "https://";

  private final IamContext iam;
  private final IssuerServers servers;

  OpenIdConnectProviders(IamContext iam, IssuerServers servers) {
    this.iam = iam;
    this.servers = servers;
  }

  @Override
  public Guarded<CreateOpenIDConnectProviderResponse> createOpenIDConnectProvider(
      Call<CreateOpenIDConnectProviderRequest> call) {
    CreateOpenIDConnectProviderRequest input = call.input();
    String issuer = issuer(input.url());
    AccessCheck check =
        AccessCheck.of(
            "iam:CreateOpenIDConnectProvider",
            OpenIdConnectStore.arn(call.account(), issuer).toString());
    return Guarded.by(
        TagStore.requested(check, input.tags()),
        _ -> {
          List<Tag> tags = TagStore.check(input.tags());
          List<String> clientIds = clientIds(input.clientIDList());
          List<String> thumbprints = thumbprints(input.thumbprintList());
          List<String> known =
              thumbprints.isEmpty()
                  ? List.of(Thumbprints.ofHighest(servers.certificates(URI.create(input.url()))))
                  : thumbprints;
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            if (OpenIdConnectStore.find(handle, call.account(), issuer).isPresent()) {
              throw IamErrors.alreadyExists(
                  "Provider with url " + input.url() + " already exists.");
            }
            if (OpenIdConnectStore.list(handle, call.account()).size() >= QUOTA) {
              throw IamErrors.limitExceeded(
                  "Cannot exceed quota for OpenIdConnectProvidersPerAccount: " + QUOTA);
            }
            OpenIdConnectStore.Provider made =
                new OpenIdConnectStore.Provider(
                    iam.ids().provider(), call.account(), issuer, clientIds, known, iam.now());
            OpenIdConnectStore.insert(transaction, made);
            TagStore.put(transaction, made.id(), tags);
            iam.changed(transaction);
            return CreateOpenIDConnectProviderResponse.builder()
                .openIDConnectProviderArn(made.arn().toString())
                .tags(TagStore.shown(tags))
                .build();
          });
        });
  }

  /** The URL without its scheme, which is what the ARN and condition keys hold. */
  private static String issuer(String url) {
    URI parsed;
    try {
      parsed = URI.create(url);
    } catch (IllegalArgumentException notAUrl) {
      throw IamErrors.invalidInput("Invalid Open ID Connect Provider URL");
    }
    if (!url.startsWith(SCHEME)
        || parsed.getHost() == null
        || parsed.getRawUserInfo() != null
        || parsed.getRawQuery() != null
        || parsed.getRawFragment() != null
        || url.contains("*")) {
      throw IamErrors.invalidInput("Invalid Open ID Connect Provider URL");
    }
    return url.substring(SCHEME.length());
  }

  private static List<String> clientIds(@Nullable List<String> given) {
    List<String> distinct = given == null ? List.of() : List.copyOf(new LinkedHashSet<>(given));
    if (distinct.size() > CLIENT_IDS) {
      throw IamErrors.limitExceeded(
          "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: " + CLIENT_IDS);
    }
    for (String each : distinct) {
      if (each.isEmpty() || each.length() > LONGEST_CLIENT_ID) {
        throw IamErrors.invalidInput("Invalid client ID: " + each);
      }
    }
    return distinct;
  }

  private static List<String> thumbprints(@Nullable List<String> given) {
    if (given == null) {
      return List.of();
    }
    if (given.size() > THUMBPRINTS) {
      throw IamErrors.invalidInput("Thumbprint list must contain fewer than 5 entries.");
    }
    for (String each : given) {
      if (!each.matches("[0-9a-fA-F]{40}")) {
        throw IamErrors.invalidInput("Invalid thumbprint: " + each);
      }
    }
    return given.stream().map(each -> each.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  @Override
  public Guarded<GetOpenIDConnectProviderResponse> getOpenIDConnectProvider(
      Call<GetOpenIDConnectProviderRequest> call) {
    String arn = call.input().openIDConnectProviderArn();
    return Guarded.by(
        check(iam, call, arn),
        _ ->
            iam.database()
                .read(handle -> {
                  OpenIdConnectStore.Provider found = require(handle, call, arn);
                  return Outcome.answer(
                      GetOpenIDConnectProviderResponse.builder()
                          .url(found.issuer())
                          .clientIDList(found.clientIds())
                          .thumbprintList(found.thumbprints())
                          .createDate(found.createdAt())
                          .tags(TagStore.shown(TagStore.of(handle, found.id())))
                          .build());
                }));
  }

  @Override
  public Guarded<ListOpenIDConnectProvidersResponse> listOpenIDConnectProviders(
      Call<ListOpenIDConnectProvidersRequest> call) {
    return Guarded.by(
        AccessCheck.of(
            "iam:ListOpenIDConnectProviders",
            OpenIdConnectStore.arn(call.account(), "*").toString()),
        _ ->
            Outcome.answer(
                ListOpenIDConnectProvidersResponse.builder()
                    .openIDConnectProviderList(
                        iam
                            .database()
                            .read(handle -> OpenIdConnectStore.list(handle, call.account()))
                            .stream()
                            .map(each ->
                                OpenIDConnectProviderListEntry.builder()
                                    .arn(each.arn().toString())
                                    .build())
                            .toList())
                    .build()));
  }

  /** Deleting what is not there is no error. */
  @Override
  public Guarded<DeleteOpenIDConnectProviderResponse> deleteOpenIDConnectProvider(
      Call<DeleteOpenIDConnectProviderRequest> call) {
    String arn = call.input().openIDConnectProviderArn();
    return Guarded.by(
        check(iam, call, arn),
        _ ->
            Outcome.change(transaction -> {
              find(StoreTransaction.handle(transaction), call, arn)
                  .ifPresent(found -> OpenIdConnectStore.delete(transaction, found.id()));
              iam.changed(transaction);
              return DeleteOpenIDConnectProviderResponse.builder().build();
            }));
  }

  @Override
  public Guarded<UpdateOpenIDConnectProviderThumbprintResponse>
      updateOpenIDConnectProviderThumbprint(
          Call<UpdateOpenIDConnectProviderThumbprintRequest> call) {
    List<String> thumbprints = thumbprints(call.input().thumbprintList());
    return change(
        call,
        call.input().openIDConnectProviderArn(),
        found -> found.withThumbprints(thumbprints),
        UpdateOpenIDConnectProviderThumbprintResponse.builder().build());
  }

  @Override
  public Guarded<AddClientIDToOpenIDConnectProviderResponse> addClientIDToOpenIDConnectProvider(
      Call<AddClientIDToOpenIDConnectProviderRequest> call) {
    return change(
        call,
        call.input().openIDConnectProviderArn(),
        found -> {
          List<String> more = new ArrayList<>(found.clientIds());
          more.add(call.input().clientID());
          return found.withClientIds(clientIds(more));
        },
        AddClientIDToOpenIDConnectProviderResponse.builder().build());
  }

  @Override
  public Guarded<RemoveClientIDFromOpenIDConnectProviderResponse>
      removeClientIDFromOpenIDConnectProvider(
          Call<RemoveClientIDFromOpenIDConnectProviderRequest> call) {
    return change(
        call,
        call.input().openIDConnectProviderArn(),
        found -> {
          List<String> fewer = new ArrayList<>(found.clientIds());
          fewer.remove(call.input().clientID());
          return found.withClientIds(fewer);
        },
        RemoveClientIDFromOpenIDConnectProviderResponse.builder().build());
  }

  private <O> Guarded<O> change(
      Call<?> call, String arn, UnaryOperator<OpenIdConnectStore.Provider> change, O output) {
    return Guarded.by(
        check(iam, call, arn),
        _ ->
            Outcome.change(transaction -> {
              OpenIdConnectStore.Provider found =
                  require(StoreTransaction.handle(transaction), call, arn);
              OpenIdConnectStore.update(transaction, change.apply(found));
              iam.changed(transaction);
              return output;
            }));
  }

  /** The check for an operation on one provider. */
  static AccessCheck check(IamContext iam, Call<?> call, String arn) {
    AccessCheck check = AccessCheck.of("iam:" + call.context().operation(), arn);
    return iam.database()
        .read(handle ->
            find(handle, call, arn)
                .map(found -> TagStore.carried(check, handle, found.id()))
                .orElse(check));
  }

  /**
   * The provider by its ARN.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static OpenIdConnectStore.Provider require(Handle handle, Call<?> call, String arn) {
    return find(handle, call, arn)
        .orElseThrow(
            () -> IamErrors.noSuchEntity("OpenIDConnect Provider not found for arn " + arn));
  }

  private static Optional<OpenIdConnectStore.Provider> find(
      Handle handle, Call<?> call, String text) {
    return ProviderArn.name(call, text, OpenIdConnectStore.ARN_PREFIX, "an OpenID Connect")
        .flatMap(name -> OpenIdConnectStore.find(handle, call.account(), name));
  }
}
