package dev.sekisho.server;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.secretsmanager.RotationFunctions;
import dev.sekisho.server.rotation.BuiltInFunctions;
import dev.sekisho.server.rotation.ExecutionRole;
import dev.sekisho.server.rotation.Procedures;
import java.util.function.Supplier;

/**
 * Makes the functions that rotate secrets: the administrator's own, then those built in.
 *
 * @param principals knows who stands behind any access key
 */
record Rotators(
    Options options,
    Platform platform,
    InnerCalls calls,
    StsApi sts,
    IamApi iam,
    PrincipalResolver principals) {

  /**
   * Makes them.
   *
   * @param secrets Secrets Manager, once it is there
   */
  RotationFunctions functions(Supplier<SecretsManagerApi> secrets) {
    RotationFunctions elsewhere = options.functions().elsewhere(platform.machineTime());
    RotationOptions allowed = options.functions().rotation();
    if (allowed.role() == null) {
      return elsewhere;
    }
    ExecutionRole role =
        new ExecutionRole(
            allowed.role(), calls, sts, principals, platform.randomness(), platform.clock());
    return elsewhere.or(
        new BuiltInFunctions(
            role, secrets, Procedures.all(allowed.targets(), allowed.trust(), iam, principals)));
  }
}
