package dev.sekisho.policytool;

import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.DenialMessage;
import dev.sekisho.policy.Explainer;
import dev.sekisho.policy.Explanation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides requests by policies from files and says why. */
final class SimulateCommand {

  private static final Set<String> OPTIONS =
      Set.of(
          "action",
          "resource",
          "principal",
          "identity",
          "boundary",
          "session",
          "resource-policy",
          "key-policy",
          "trust-policy",
          "scp",
          "rcp",
          "context",
          "format");

  private SimulateCommand() {}

  static int run(List<String> given, PrintStream out) {
    Arguments arguments = Arguments.parse(given, OPTIONS);
    if (!arguments.operands().isEmpty()) {
      throw new UsageException("what is " + arguments.operands().getFirst() + "?");
    }
    if (arguments.all("action").isEmpty()) {
      throw new UsageException("which --action?");
    }
    String format = arguments.one("format", "text");
    if (!format.equals("text") && !format.equals("json")) {
      throw new UsageException("unknown --format " + format);
    }
    SimulatedCaller caller =
        SimulatedCaller.of(arguments.one("principal"), arguments.all("context"));
    SimulatedPolicies policies = new SimulatedPolicies(arguments);
    List<String> resources =
        arguments.all("resource").isEmpty() ? List.of("*") : arguments.all("resource");
    List<SimulatedDecision> decisions = new ArrayList<>();
    for (String action : arguments.all("action")) {
      for (String resource : resources) {
        decisions.add(decide(caller, policies, action, resource));
      }
    }
    out.print(
        format.equals("json")
            ? SimulatedDecision.json(decisions)
            : SimulatedDecision.text(decisions));
    return decisions.stream().allMatch(SimulatedDecision::isAllowed)
        ? PolicyTool.CLEAN
        : PolicyTool.FOUND;
  }

  private static SimulatedDecision decide(
      SimulatedCaller caller, SimulatedPolicies policies, String action, String resource) {
    if (action.indexOf(':') <= 0 || action.indexOf('*') >= 0) {
      throw new UsageException("--action wants one action, for example s3:GetObject");
    }
    AccessRequest request =
        new AccessRequest(caller.principal(), action, resource, caller.keys()::get);
    Explanation explanation = Explainer.explain(request, policies.on(resource, caller.principal()));
    Decision decision = explanation.decision();
    String reason = DenialMessage.of(request, decision);
    return new SimulatedDecision(action, resource, explanation, reason == null ? "" : reason);
  }
}
