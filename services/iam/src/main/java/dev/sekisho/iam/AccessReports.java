package dev.sekisho.iam;

import dev.sekisho.contract.iam.EntityDetails;
import dev.sekisho.contract.iam.EntityInfo;
import dev.sekisho.contract.iam.GenerateServiceLastAccessedDetailsRequest;
import dev.sekisho.contract.iam.GenerateServiceLastAccessedDetailsResponse;
import dev.sekisho.contract.iam.GetServiceLastAccessedDetailsRequest;
import dev.sekisho.contract.iam.GetServiceLastAccessedDetailsResponse;
import dev.sekisho.contract.iam.GetServiceLastAccessedDetailsWithEntitiesRequest;
import dev.sekisho.contract.iam.GetServiceLastAccessedDetailsWithEntitiesResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListPoliciesGrantingServiceAccessEntry;
import dev.sekisho.contract.iam.ListPoliciesGrantingServiceAccessRequest;
import dev.sekisho.contract.iam.ListPoliciesGrantingServiceAccessResponse;
import dev.sekisho.contract.iam.ServiceLastAccessed;
import dev.sekisho.contract.iam.TrackedActionLastAccessed;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Who last used what: for a user, group, role or policy, the services it gives access to and when
 * they were last called by it.
 *
 * <p>A report is kept for a day under the number it was asked for by, and shows what is known when
 * it is read.
 */
final class AccessReports implements IamApi.AccessReports {

  private static final Duration KEPT = Duration.ofDays(1);
  private static final String ACTION_LEVEL = "ACTION_LEVEL";

  /** What was asked for. */
  private record Report(String arn, String granularity, Instant createdAt) {}

  private final IamContext iam;

  AccessReports(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<GenerateServiceLastAccessedDetailsResponse> generateServiceLastAccessedDetails(
      Call<GenerateServiceLastAccessedDetailsRequest> call) {
    GenerateServiceLastAccessedDetailsRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:GenerateServiceLastAccessedDetails", input.arn()),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              ReportSubject.of(handle, call.account(), input.arn());
              Instant now = iam.now();
              handle.execute(
                  "delete from iam_access_report where created_at < ?",
                  now.minus(KEPT).getEpochSecond());
              String id = iam.ids().task();
              handle.execute(
                  "insert into iam_access_report (id, account, arn, granularity, created_at)"
                      + " values (?, ?, ?, ?, ?)",
                  id,
                  call.account().value(),
                  input.arn(),
                  Objects.requireNonNullElse(input.granularity(), "SERVICE_LEVEL"),
                  now.getEpochSecond());
              return GenerateServiceLastAccessedDetailsResponse.builder().jobId(id).build();
            }));
  }

  @Override
  public Guarded<GetServiceLastAccessedDetailsResponse> getServiceLastAccessedDetails(
      Call<GetServiceLastAccessedDetailsRequest> call) {
    GetServiceLastAccessedDetailsRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:GetServiceLastAccessedDetails", "*"),
        _ -> {
          iam.history().catchUp();
          PageRequest request =
              PageRequest.of(call, iam.pages(), input.jobId(), input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                Report report = require(handle, call.account(), input.jobId());
                ReportSubject subject = ReportSubject.of(handle, call.account(), report.arn());
                PageRequest.Page<String> page =
                    request.cut(
                        subject.services().stream()
                            .filter(service -> service.compareTo(request.after()) > 0)
                            .toList(),
                        iam.pages(),
                        service -> service);
                return Outcome.answer(
                    GetServiceLastAccessedDetailsResponse.builder()
                        .jobStatus("COMPLETED")
                        .jobType(report.granularity())
                        .jobCreationDate(report.createdAt())
                        .jobCompletionDate(report.createdAt())
                        .servicesLastAccessed(
                            page.items().stream()
                                .map(service ->
                                    lastAccessed(
                                        handle,
                                        subject,
                                        service,
                                        report.granularity().equals(ACTION_LEVEL)))
                                .toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static ServiceLastAccessed lastAccessed(
      Handle handle, ReportSubject subject, String service, boolean actions) {
    Entity last = null;
    AccessHistory.Use use = null;
    int users = 0;
    for (Entity entity : subject.entities()) {
      AccessHistory.Use found = AccessHistory.ofService(handle, entity.id(), service).orElse(null);
      if (found != null) {
        users++;
        if (use == null || found.at().isAfter(use.at())) {
          last = entity;
          use = found;
        }
      }
    }
    return ServiceLastAccessed.builder()
        .serviceName(GrantedServices.NAMES.getOrDefault(service, service))
        .serviceNamespace(service)
        .totalAuthenticatedEntities(users)
        .lastAuthenticated(use == null ? null : use.at())
        .lastAuthenticatedRegion(use == null ? null : use.region())
        .lastAuthenticatedEntity(last == null ? null : last.arn().toString())
        .trackedActionsLastAccessed(actions ? actions(handle, subject, service) : null)
        .build();
  }

  private static List<TrackedActionLastAccessed> actions(
      Handle handle, ReportSubject subject, String service) {
    Map<String, TrackedActionLastAccessed> latest = new TreeMap<>();
    for (Entity entity : subject.entities()) {
      for (AccessHistory.ActionUse each : AccessHistory.actions(handle, entity.id(), service)) {
        TrackedActionLastAccessed one =
            TrackedActionLastAccessed.builder()
                .actionName(each.action())
                .lastAccessedEntity(entity.arn().toString())
                .lastAccessedRegion(each.use().region())
                .lastAccessedTime(each.use().at())
                .build();
        latest.merge(
            each.action(),
            one,
            (before, other) ->
                Objects.requireNonNull(before.lastAccessedTime())
                        .isBefore(Objects.requireNonNull(other.lastAccessedTime()))
                    ? other
                    : before);
      }
    }
    return List.copyOf(latest.values());
  }

  @Override
  public Guarded<GetServiceLastAccessedDetailsWithEntitiesResponse>
      getServiceLastAccessedDetailsWithEntities(
          Call<GetServiceLastAccessedDetailsWithEntitiesRequest> call) {
    GetServiceLastAccessedDetailsWithEntitiesRequest input = call.input();
    String service = input.serviceNamespace();
    return Guarded.by(
        AccessCheck.of("iam:GetServiceLastAccessedDetailsWithEntities", "*"),
        _ -> {
          iam.history().catchUp();
          PageRequest request =
              PageRequest.of(
                  call,
                  iam.pages(),
                  input.jobId() + "|" + service,
                  input.marker(),
                  input.maxItems());
          return iam.database()
              .read(handle -> {
                Report report = require(handle, call.account(), input.jobId());
                ReportSubject subject = ReportSubject.of(handle, call.account(), report.arn());
                if (!subject.services().contains(service)) {
                  throw IamErrors.noSuchEntity(
                      "The service namespace " + service + " cannot be found in the report.");
                }
                PageRequest.Page<Entity> page =
                    request.cut(
                        subject.entities().stream()
                            .filter(entity -> entity.id().compareTo(request.after()) > 0)
                            .sorted(Comparator.comparing(Entity::id))
                            .toList(),
                        iam.pages(),
                        Entity::id);
                return Outcome.answer(
                    GetServiceLastAccessedDetailsWithEntitiesResponse.builder()
                        .jobStatus("COMPLETED")
                        .jobCreationDate(report.createdAt())
                        .jobCompletionDate(report.createdAt())
                        .entityDetailsList(
                            page.items().stream()
                                .map(entity ->
                                    EntityDetails.builder()
                                        .entityInfo(shown(entity))
                                        .lastAuthenticated(
                                            AccessHistory.ofService(handle, entity.id(), service)
                                                .map(AccessHistory.Use::at)
                                                .orElse(null))
                                        .build())
                                .toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static EntityInfo shown(Entity entity) {
    return EntityInfo.builder()
        .arn(entity.arn().toString())
        .name(entity.name())
        .type(entity.kind().name())
        .id(entity.id())
        .path(entity.path())
        .build();
  }

  @Override
  public Guarded<ListPoliciesGrantingServiceAccessResponse> listPoliciesGrantingServiceAccess(
      Call<ListPoliciesGrantingServiceAccessRequest> call) {
    ListPoliciesGrantingServiceAccessRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("iam:ListPoliciesGrantingServiceAccess", input.arn()),
        _ ->
            iam.database()
                .read(handle -> {
                  ReportSubject subject = ReportSubject.of(handle, call.account(), input.arn());
                  if (subject.isPolicy()) {
                    throw IamErrors.invalidInput(
                        "The ARN must be that of a user, a group or a role.");
                  }
                  return Outcome.answer(
                      ListPoliciesGrantingServiceAccessResponse.builder()
                          .policiesGrantingServiceAccess(
                              input.serviceNamespaces().stream()
                                  .map(service ->
                                      ListPoliciesGrantingServiceAccessEntry.builder()
                                          .serviceNamespace(service)
                                          .policies(subject.granting(service))
                                          .build())
                                  .toList())
                          .isTruncated(false)
                          .build());
                }));
  }

  private Report require(Handle handle, AccountId account, String id) {
    return handle
        .createQuery(
            "select arn, granularity, created_at from iam_access_report"
                + " where id = :id and account = :account and created_at >= :oldest")
        .bind("id", id)
        .bind("account", account.value())
        .bind("oldest", iam.now().minus(KEPT).getEpochSecond())
        .map((row, _) ->
            new Report(
                row.getString("arn"),
                row.getString("granularity"),
                Instant.ofEpochSecond(row.getLong("created_at"))))
        .findOne()
        .orElseThrow(() -> IamErrors.noSuchEntity("The job with id " + id + " cannot be found."));
  }
}
