package dev.sekisho.server.rotation;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.sts.AssumeRoleRequest;
import dev.sekisho.contract.sts.Credentials;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.contract.sts.StsModel;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Principal;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.Randomness;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The role whose rights built-in functions have: in each account the one of a name that the
 * administrator gives. It must be there and trust {@code lambda.amazonaws.com}, as the execution
 * role of any function must.
 *
 * @param name the role's name, with its path if it has one
 * @param principals knows the sessions that STS opens
 */
public record ExecutionRole(
    String name,
    InnerCalls calls,
    StsApi sts,
    PrincipalResolver principals,
    Randomness randomness,
    InstantSource clock) {

  private static final String LAMBDA = "lambda.amazonaws.com";

  /** Lambda's names are as long as STS's may be. */
  private static final int LONGEST_NAME = 64;

  FunctionSession open(Arn function, String functionName) throws FailedException {
    FunctionSession lambda =
        session(new Caller(new Principal.Service(LAMBDA), null, null), function.region());
    Credentials credentials =
        Objects.requireNonNull(
            lambda
                .required(
                    StsModel.SERVICE,
                    "AssumeRole",
                    sts.assumeRole()::assumeRole,
                    AssumeRoleRequest.builder()
                        .roleArn("arn:aws:iam::" + function.account() + ":role/" + name)
                        .roleSessionName(
                            functionName.substring(
                                0, Math.min(functionName.length(), LONGEST_NAME)))
                        .build())
                .credentials());
    Resolution opened = principals.resolve(credentials.accessKeyId(), credentials.sessionToken());
    if (opened instanceof Resolution.Known known) {
      return session(known.caller(), function.region());
    }
    throw new FailedException("the role's session is over before it began");
  }

  private FunctionSession session(Caller caller, String region) {
    return new FunctionSession(calls, caller, region, randomness, clock);
  }
}
