package dev.sekisho.policytool;

import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.PolicyTarget;
import java.util.List;

/** A file, what it was taken for, and what was found in it. */
record CheckedFile(PolicyFile file, PolicyTarget target, List<PolicyFinding> findings) {

  CheckedFile {
    findings = List.copyOf(findings);
  }
}
