package dev.sekisho.server;

import dev.sekisho.accessanalyzer.AccessAnalyzerService;
import dev.sekisho.acm.AcmContext;
import dev.sekisho.acm.AcmService;
import dev.sekisho.acmpca.AcmPcaContext;
import dev.sekisho.acmpca.AcmPcaService;
import dev.sekisho.cloudtrail.CloudTrailContext;
import dev.sekisho.cloudtrail.CloudTrailService;
import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.acm.AcmModel;
import dev.sekisho.contract.acmpca.AcmPcaModel;
import dev.sekisho.contract.cloudtrail.CloudTrailModel;
import dev.sekisho.contract.ec2.Ec2Model;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.contract.organizations.OrganizationsModel;
import dev.sekisho.contract.s3.S3Model;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.SecretsManagerModel;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.contract.sts.StsModel;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.crypto.KeyPairPool;
import dev.sekisho.crypto.SealedMessages;
import dev.sekisho.ec2.Ec2Service;
import dev.sekisho.ec2.RegionTable;
import dev.sekisho.iam.AccessHistory;
import dev.sekisho.iam.CentralRootAccess;
import dev.sekisho.iam.IamContext;
import dev.sekisho.iam.IamDirectory;
import dev.sekisho.iam.IamPrincipals;
import dev.sekisho.iam.IamRoles;
import dev.sekisho.iam.IamService;
import dev.sekisho.iam.IssuerServers;
import dev.sekisho.iam.MfaCodes;
import dev.sekisho.iam.OrganizationRoles;
import dev.sekisho.iam.PolicyAuthorizer;
import dev.sekisho.iam.StoredIdentityProviders;
import dev.sekisho.iam.StoredOutboundTokens;
import dev.sekisho.iam.UniqueIds;
import dev.sekisho.kms.KmsService;
import dev.sekisho.organizations.OpenAccountRoles;
import dev.sekisho.organizations.OpenAccounts;
import dev.sekisho.organizations.OrganizationsContext;
import dev.sekisho.organizations.OrganizationsService;
import dev.sekisho.organizations.StoredDirectory;
import dev.sekisho.s3.S3Context;
import dev.sekisho.s3.S3Service;
import dev.sekisho.secretsmanager.SecretsManagerContext;
import dev.sekisho.secretsmanager.SecretsManagerService;
import dev.sekisho.store.Schema;
import dev.sekisho.sts.IssuerConnections;
import dev.sekisho.sts.Sessions;
import dev.sekisho.sts.StsContext;
import dev.sekisho.sts.StsService;
import dev.sekisho.sts.UnusableServer;
import dev.sekisho.wire.GatedInnerCalls;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.audit.StoreLedger;
import dev.sekisho.wire.signature.PayloadRule;
import dev.sekisho.wire.validation.ViolationStyle;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Every service, made and bound to its contract.
 *
 * @param principals knows who stands behind any access key
 * @param organizations knows what organizations say in every decision
 * @param issuers what accounts publish as issuers of tokens
 * @param certificates what authorities have revoked
 * @param authorizer decides every call
 * @param trails delivers what trails have taken
 * @param secrets rotates what is due
 * @param chores what the services have to do from time to time
 */
record Services(
    List<ServiceBinding<?>> bindings,
    PrincipalResolver principals,
    OrganizationDirectory organizations,
    IssuerEndpoints issuers,
    PkiEndpoints certificates,
    Authorizer authorizer,
    CloudTrailService trails,
    SecretsManagerService secrets,
    List<Housekeeping.Chore> chores) {

  /** The tables of all services. */
  static final List<Schema> SCHEMAS =
      List.of(
          AcmPcaService.SCHEMA,
          AcmService.SCHEMA,
          CloudTrailService.SCHEMA,
          IamPrincipals.SCHEMA,
          KmsService.SCHEMA,
          OrganizationsService.SCHEMA,
          S3Service.SCHEMA,
          SecretsManagerService.SCHEMA);

  private static final ServiceRules S3_RULES =
      ServiceRules.USUAL
          .withPayload(PayloadRule.OBJECT)
          .withBodyLimit(S3Service.LARGEST_DOCUMENT)
          .withDataEvents(S3Service.DATA_EVENTS)
          .withRefusal(S3Service::violation);

  /**
   * Makes them.
   *
   * @param address where the server listens, once it does
   */
  static Services on(Options options, Platform platform, Supplier<URI> address) {
    OrganizationDirectory directory = new StoredDirectory(platform.database());
    IamPrincipals longTerm =
        new IamPrincipals(platform.database(), platform.stamps(), platform.keyring(), directory);
    Sessions sessions =
        new Sessions(platform.keyring(), platform.randomness(), platform.clock(), longTerm);
    IssuerConnections connections = new IssuerConnections(options.privateIssuers());
    IamContext iam = iamContext(platform);
    StoredOutboundTokens tokens = new StoredOutboundTokens(platform.database(), platform.keyring());
    OrganizationsService organizations =
        new OrganizationsService(
            new OrganizationsContext(
                platform.database(),
                platform.stamps(),
                IamPrincipals.TOPIC,
                platform.pages(),
                platform.randomness(),
                platform.clock(),
                options.account(),
                new OrganizationRoles(iam)));
    KmsService kms =
        new KmsService(
            platform.database(),
            platform.stamps(),
            platform.events(),
            platform.keyring(),
            platform.randomness(),
            new IamDirectory(platform.database()),
            options.kmsQuotas());
    Authorizer authorizer =
        new PolicyAuthorizer(
            platform.database(),
            platform.stamps(),
            directory,
            new SealedMessages(platform.keyring()));
    KeyService keys = keys(options, platform, authorizer, kms);
    S3Service s3 = s3(platform, authorizer, keys);
    IamApi users = iam(iam, connections, directory, address);
    StsApi sessionsApi =
        StsService.on(
            new StsContext(
                new OpenAccountRoles(new IamRoles(platform.database()), directory),
                new CentralRootAccess(platform.database(), directory),
                new MfaCodes(platform.database(), platform.keyring(), platform.clock()),
                new StoredIdentityProviders(platform.database(), platform.keyring()),
                longTerm,
                connections,
                new SealedMessages(platform.keyring()),
                tokens,
                directory,
                platform.randomness(),
                platform.clock()),
            sessions);
    PrincipalResolver principals =
        new OpenAccounts(sessions, directory, platform.stamps(), IamPrincipals.TOPIC);
    SecretsManagerService secrets =
        secrets(
            platform,
            authorizer,
            keys,
            new Rotators(
                options,
                platform,
                innerCalls(ServiceRules.USUAL, options, platform, authorizer),
                sessionsApi,
                users,
                principals));
    ObjectStore objects = s3.objectStore(innerCalls(S3_RULES, options, platform, authorizer));
    CloudTrailService trails = trails(options, platform, directory, objects);
    AcmPcaService authorities = authorities(platform, authorizer, objects, address);
    AcmService certificates = certificates(options, platform, authorizer, authorities);
    return new Services(
        List.of(
            accessAnalyzer(platform),
            new ServiceBinding<>(AcmModel.SERVICE, certificates.api(), ServiceRules.USUAL),
            new ServiceBinding<>(AcmPcaModel.SERVICE, authorities.api(), ServiceRules.USUAL),
            new ServiceBinding<>(CloudTrailModel.SERVICE, trails.api(), ServiceRules.USUAL),
            ec2(),
            iam(users),
            kms(kms),
            new ServiceBinding<>(
                OrganizationsModel.SERVICE,
                organizations.api(),
                ServiceRules.USUAL.withRefusal(OrganizationsService::violation)),
            new ServiceBinding<>(S3Model.SERVICE, s3.api(), S3_RULES),
            new ServiceBinding<>(SecretsManagerModel.SERVICE, secrets.api(), ServiceRules.USUAL),
            sts(sessionsApi)),
        principals,
        directory,
        new IssuerEndpoints(tokens),
        new PkiEndpoints(authorities, certificates),
        authorizer,
        trails,
        secrets,
        List.of(
            new Housekeeping.Chore(
                "keep the keyring and what it sealed up to date",
                new Resealing(
                        platform.database(),
                        platform.keyring(),
                        platform.keyringWatch(),
                        SealedValues.COLUMNS)
                    ::run),
            new Housekeeping.Chore(
                "publish what certificate authorities have revoked",
                () -> authorities.sweep(platform.clock().instant())),
            new Housekeeping.Chore(
                "prove, issue and renew certificates",
                () -> certificates.sweep(platform.clock().instant())),
            new Housekeeping.Chore(
                "do what is due to KMS keys", () -> kms.sweep(platform.clock().instant())),
            new Housekeeping.Chore("keep when access was last used", iam.history()::catchUp),
            new Housekeeping.Chore(
                "let closed accounts go", () -> organizations.sweep(platform.clock().instant())),
            new Housekeeping.Chore(
                "let expired objects go", () -> s3.sweep(platform.clock().instant())),
            new Housekeeping.Chore(
                "let deleted secrets go", () -> secrets.sweep(platform.clock().instant()))));
  }

  private static ServiceBinding<?> accessAnalyzer(Platform platform) {
    return new ServiceBinding<>(
        AccessAnalyzerModel.SERVICE,
        new AccessAnalyzerService(platform.pages()),
        ServiceRules.USUAL);
  }

  private static AcmPcaService authorities(
      Platform platform, Authorizer authorizer, ObjectStore objects, Supplier<URI> address) {
    return new AcmPcaService(
        new AcmPcaContext(
            platform.database(),
            platform.keyring(),
            new KeyPairPool(),
            platform.pages(),
            new IamDirectory(platform.database()),
            authorizer,
            objects,
            address,
            platform.randomness(),
            platform.clock()));
  }

  private static AcmService certificates(
      Options options, Platform platform, Authorizer authorizer, AcmPcaService authorities) {
    return new AcmService(
        new AcmContext(
            platform.database(),
            platform.keyring(),
            new KeyPairPool(),
            platform.pages(),
            authorities.authorities(innerCalls(ServiceRules.USUAL, options, platform, authorizer)),
            options.names(),
            platform.randomness(),
            platform.clock()));
  }

  private static InnerCalls innerCalls(
      ServiceRules rules, Options options, Platform platform, Authorizer authorizer) {
    return new GatedInnerCalls(
        rules,
        authorizer,
        new StoreLedger(platform.database(), platform.events()),
        platform.randomness(),
        options.account());
  }

  private static CloudTrailService trails(
      Options options, Platform platform, OrganizationDirectory directory, ObjectStore builtIn) {
    return new CloudTrailService(
        new CloudTrailContext(
            platform.database(),
            platform.events(),
            platform.pages(),
            platform.keyring(),
            platform.randomness(),
            platform.clock(),
            directory,
            options.audit().objects(builtIn, platform.machineTime()),
            options.audit().topics(),
            options.audit().interval(),
            options.audit().kept()),
        platform.machineTime());
  }

  private static ServiceBinding<?> ec2() {
    return new ServiceBinding<>(Ec2Model.SERVICE, new Ec2Service(), ServiceRules.USUAL);
  }

  private static IamContext iamContext(Platform platform) {
    return new IamContext(
        platform.database(),
        platform.stamps(),
        platform.keyring(),
        platform.pages(),
        new UniqueIds(platform.randomness()),
        new AccessHistory(platform.database()),
        platform.clock());
  }

  private static ServiceBinding<?> iam(IamApi api) {
    return new ServiceBinding<>(
        IamModel.SERVICE, api, ServiceRules.USUAL.withViolations(ViolationStyle.WITHOUT_VALUE));
  }

  private static IamApi iam(
      IamContext context,
      IssuerConnections connections,
      OrganizationDirectory directory,
      Supplier<URI> address) {
    return IamService.on(
        context,
        issuer -> shown(connections, issuer),
        directory,
        id -> address.get().resolve(IssuerEndpoints.PATH + id).toString());
  }

  private static List<X509Certificate> shown(IssuerConnections connections, URI issuer) {
    try {
      return connections.certificates(issuer);
    } catch (UnusableServer unreachable) {
      throw IssuerServers.unreachable(issuer);
    }
  }

  private static ServiceBinding<?> kms(KmsService kms) {
    return new ServiceBinding<>(
        KmsModel.SERVICE.behind(kms::admit),
        kms,
        ServiceRules.USUAL.withClockWindow(Duration.ofMinutes(5)));
  }

  /** KMS as the other services ask it, on their callers' behalf. */
  private static KeyService keys(
      Options options, Platform platform, Authorizer authorizer, KmsService kms) {
    return kms.keyService(
        innerCalls(ServiceRules.USUAL, options, platform, authorizer), platform.randomness());
  }

  private static S3Service s3(Platform platform, Authorizer authorizer, KeyService keys) {
    return new S3Service(
        new S3Context(
            platform.database(),
            platform.stamps(),
            platform.keyring(),
            platform.pages(),
            keys,
            new IamDirectory(platform.database()),
            authorizer,
            platform.randomness(),
            platform.clock(),
            platform.folder().path().resolve("s3"),
            Thread::startVirtualThread));
  }

  private static SecretsManagerService secrets(
      Platform platform, Authorizer authorizer, KeyService keys, Rotators rotators) {
    CompletableFuture<SecretsManagerApi> self = new CompletableFuture<>();
    SecretsManagerService secrets =
        new SecretsManagerService(
            new SecretsManagerContext(
                platform.database(),
                platform.events(),
                platform.pages(),
                keys,
                new IamDirectory(platform.database()),
                authorizer,
                RegionTable.names(),
                rotators.functions(self::join),
                Thread::startVirtualThread,
                platform.randomness(),
                platform.clock()));
    // Its functions call it.
    self.complete(secrets.api());
    return secrets;
  }

  private static ServiceBinding<?> sts(StsApi api) {
    return new ServiceBinding<>(
        StsModel.SERVICE,
        api,
        ServiceRules.USUAL.withAuditedResults(
            Set.of(
                "AssumeRole",
                "AssumeRoleWithSAML",
                "AssumeRoleWithWebIdentity",
                "AssumeRoot",
                "GetFederationToken",
                "GetSessionToken")));
  }
}
