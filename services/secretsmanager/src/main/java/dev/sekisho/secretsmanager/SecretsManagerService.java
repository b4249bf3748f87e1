package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.store.Schema;
import java.time.Instant;

/**
 * Secrets Manager: one class per family of operations; the contract's list says which is in which.
 */
public final class SecretsManagerService {

  /** Secrets Manager's tables. KMS has sealed what is secret in them. */
  public static final Schema SCHEMA = new Schema(SecretsManagerService.class, "secretsmanager", 3);

  private final SecretsManagerApi api;
  private final Deletion deletion;
  private final Rotator rotator;

  public SecretsManagerService(SecretsManagerContext context) {
    SecretWork work = new SecretWork(context);
    SecretEncryption encryption = new SecretEncryption(context.keys(), context.randomness());
    NewVersions versions = new NewVersions(encryption, context.randomness());
    Replicas replicas = new Replicas(work, encryption);
    Replication replication = new Replication(work, replicas);
    Values values = new Values(work, versions, encryption, replicas);
    deletion = new Deletion(work);
    rotator = new Rotator(context, new RotationEvents(context.events(), context));
    api =
        new SecretsManagerApi(
            deletion,
            new Passwords(context.randomness()),
            replication,
            new ResourcePolicies(work, new SecretPolicyRules(context.principals())),
            new RotationRequests(work, versions, context.functions()),
            new SecretLists(work, values),
            new Secrets(work, versions, encryption, replicas, replication),
            new Tagging(work),
            values);
  }

  public SecretsManagerApi api() {
    return api;
  }

  /** Rotates what is due, for the server to call often. */
  public void rotate() {
    rotator.run();
  }

  /** Lets go what may go, for the server to call now and then. */
  public void sweep(Instant now) {
    deletion.sweep(now);
  }
}
