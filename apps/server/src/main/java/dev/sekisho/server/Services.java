package dev.sekisho.server;

import dev.sekisho.accessanalyzer.AccessAnalyzerService;
import dev.sekisho.cloudtrail.CloudTrailService;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.cloudtrail.CloudTrailModel;
import dev.sekisho.contract.ec2.Ec2Model;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.contract.sts.StsModel;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.ec2.Ec2Service;
import dev.sekisho.iam.AccessHistory;
import dev.sekisho.iam.IamContext;
import dev.sekisho.iam.IamDirectory;
import dev.sekisho.iam.IamPrincipals;
import dev.sekisho.iam.IamRoles;
import dev.sekisho.iam.IamService;
import dev.sekisho.iam.UniqueIds;
import dev.sekisho.kms.KmsService;
import dev.sekisho.store.Schema;
import dev.sekisho.sts.Sessions;
import dev.sekisho.sts.StsService;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.validation.ViolationStyle;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Every service, made and bound to its contract.
 *
 * @param principals knows who stands behind any access key
 * @param chores what the services have to do from time to time
 */
record Services(
    List<ServiceBinding<?>> bindings,
    PrincipalResolver principals,
    List<Housekeeping.Chore> chores) {

  /** The tables of all services. */
  static final List<Schema> SCHEMAS = List.of(IamPrincipals.SCHEMA, KmsService.SCHEMA);

  static Services on(Options options, Platform platform) {
    Sessions sessions =
        new Sessions(
            platform.keyring(),
            platform.randomness(),
            platform.clock(),
            new IamPrincipals(platform.database(), platform.stamps(), platform.keyring()));
    KmsService kms =
        new KmsService(
            platform.database(),
            platform.stamps(),
            platform.events(),
            platform.keyring(),
            platform.randomness(),
            new IamDirectory(platform.database()),
            options.kmsQuotas());
    AccessHistory history = new AccessHistory(platform.database());
    return new Services(
        List.of(
            accessAnalyzer(platform),
            cloudTrail(platform),
            ec2(),
            iam(platform, history),
            kms(kms),
            sts(platform, sessions)),
        sessions,
        List.of(
            new Housekeeping.Chore(
                "do what is due to KMS keys", () -> kms.sweep(platform.clock().instant())),
            new Housekeeping.Chore("keep when access was last used", history::catchUp)));
  }

  private static ServiceBinding<?> accessAnalyzer(Platform platform) {
    return new ServiceBinding<>(
        AccessAnalyzerModel.SERVICE,
        new AccessAnalyzerService(platform.pages()),
        ServiceRules.USUAL);
  }

  private static ServiceBinding<?> cloudTrail(Platform platform) {
    return new ServiceBinding<>(
        CloudTrailModel.SERVICE,
        new CloudTrailService(platform.events(), platform.pages()),
        ServiceRules.USUAL);
  }

  private static ServiceBinding<?> ec2() {
    return new ServiceBinding<>(Ec2Model.SERVICE, new Ec2Service(), ServiceRules.USUAL);
  }

  private static ServiceBinding<?> iam(Platform platform, AccessHistory history) {
    IamContext context =
        new IamContext(
            platform.database(),
            platform.stamps(),
            platform.keyring(),
            platform.pages(),
            new UniqueIds(platform.randomness()),
            history,
            platform.clock());
    return new ServiceBinding<>(
        IamModel.SERVICE,
        IamService.on(context),
        ServiceRules.USUAL.withViolations(ViolationStyle.WITHOUT_VALUE));
  }

  private static ServiceBinding<?> kms(KmsService kms) {
    return new ServiceBinding<>(
        KmsModel.SERVICE.behind(kms::admit),
        kms,
        ServiceRules.USUAL.withClockWindow(Duration.ofMinutes(5)));
  }

  private static ServiceBinding<?> sts(Platform platform, Sessions sessions) {
    return new ServiceBinding<>(
        StsModel.SERVICE,
        new StsService(new IamRoles(platform.database()), sessions),
        ServiceRules.USUAL.withAuditedResults(Set.of("AssumeRole", "GetSessionToken")));
  }
}
