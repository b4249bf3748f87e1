package dev.sekisho.server.rotation;

import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.core.Arn;
import dev.sekisho.secretsmanager.RotationFunctions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rotation functions that are there in every account and Region, by their names. */
public final class BuiltInFunctions implements RotationFunctions {

  private static final Logger LOG = Logger.getLogger(BuiltInFunctions.class.getName());

  private static final Pattern FUNCTION =
      Pattern.compile("arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:([A-Za-z0-9_-]+)(:[^:]+)?");

  private final ExecutionRole role;
  private final Supplier<SecretsManagerApi> secrets;
  private final Map<String, RotationProcedure> procedures;

  /**
   * @param secrets Secrets Manager, once it is there
   * @param procedures what each function does, by its name
   */
  public BuiltInFunctions(
      ExecutionRole role,
      Supplier<SecretsManagerApi> secrets,
      Map<String, RotationProcedure> procedures) {
    this.role = role;
    this.secrets = secrets;
    this.procedures = Map.copyOf(procedures);
  }

  @Override
  public boolean has(String arn) {
    return name(arn).isPresent();
  }

  private Optional<String> name(String arn) {
    Matcher function = FUNCTION.matcher(arn);
    return function.matches() && procedures.containsKey(function.group(1))
        ? Optional.of(function.group(1))
        : Optional.empty();
  }

  @Override
  public void invoke(String arn, String event) throws FailedException {
    String name = name(arn).orElseThrow(() -> new FailedException("there is no function " + arn));
    RotationProcedure procedure = Objects.requireNonNull(procedures.get(name));
    Step step = Step.read(event);
    RotatingSecret secret =
        new RotatingSecret(role.open(Arn.parse(arn), name), secrets.get(), step);
    try {
      perform(procedure, secret, step);
    } catch (RuntimeException unexpected) {
      LOG.log(Level.WARNING, "a step of the function " + name + " broke down", unexpected);
      throw new FailedException("the function broke down; Sekisho's log says where");
    }
  }

  private static void perform(RotationProcedure procedure, RotatingSecret secret, Step step)
      throws FailedException {
    Map<String, List<String>> labels = secret.labels();
    if (RotatingSecret.isCurrent(labels, step)) {
      // Done before, and asked for again.
      return;
    }
    boolean pending = RotatingSecret.isPending(labels, step);
    if (!pending && step.name().equals("testSecret")) {
      // No rotation: Secrets Manager has a schedule and its function tried out.
      procedure.test(secret, secret.current());
      return;
    }
    if (!pending) {
      throw new FailedException(
          "version " + step.version() + " is not set as AWSPENDING for rotation");
    }
    switch (step.name()) {
      case "createSecret" -> create(procedure, secret);
      case "setSecret" -> procedure.set(secret, made(secret));
      case "testSecret" -> procedure.test(secret, made(secret));
      case "finishSecret" -> secret.finish(labels);
      default -> throw new FailedException("there is no step " + step.name());
    }
  }

  private static void create(RotationProcedure procedure, RotatingSecret secret)
      throws FailedException {
    if (secret.pending().isEmpty()) {
      secret.putPending(procedure.create(secret, secret.current()));
    }
  }

  private static SecretDocument made(RotatingSecret secret) throws FailedException {
    return secret
        .pending()
        .orElseThrow(() -> new FailedException("the version that is AWSPENDING has no value"));
  }
}
