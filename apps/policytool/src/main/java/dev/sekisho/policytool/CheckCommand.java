package dev.sekisho.policytool;

import dev.sekisho.policy.FindingType;
import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.PolicyChecker;
import dev.sekisho.policy.check.PolicyTarget;
import dev.sekisho.policy.check.TargetGuess;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks policies and says what is wrong with them. */
final class CheckCommand {

  private static final Set<String> OPTIONS =
      Set.of("type", "resource-type", "fail-on", "format", "language");

  private CheckCommand() {}

  static int run(List<String> given, FindingLanguage usual, InputStream in, PrintStream out) {
    Arguments arguments = Arguments.parse(given, OPTIONS);
    if (arguments.operands().isEmpty()) {
      throw new UsageException("which files?");
    }
    FindingType threshold = threshold(arguments.one("fail-on", "security-warning"));
    FindingLanguage language =
        language(arguments.one("language", usual == FindingLanguage.JAPANESE ? "ja" : "en"));
    Report report = report(arguments.one("format", "text"), language);
    List<CheckedFile> files = new ArrayList<>();
    for (String name : arguments.operands()) {
      PolicyFile file = name.equals("-") ? PolicyFile.readStandardInput(in) : PolicyFile.read(name);
      PolicyTarget target = target(arguments, file.text());
      files.add(new CheckedFile(file, target, PolicyChecker.check(file.text(), target)));
    }
    out.print(report.write(files));
    boolean found =
        threshold != null
            && files.stream()
                .flatMap(file -> file.findings().stream())
                .anyMatch(finding -> finding.type().isAtLeast(threshold));
    return found ? PolicyTool.FOUND : PolicyTool.CLEAN;
  }

  private static PolicyTarget target(Arguments arguments, String text) {
    String type = arguments.one("type");
    String resource = arguments.one("resource-type");
    if (resource != null) {
      if (type != null && !type.equals("resource")) {
        throw new UsageException("--resource-type goes with --type resource only");
      }
      return new PolicyTarget(
          PolicyTarget.Kind.RESOURCE_POLICY, PolicyTarget.ResourceType.named(resource));
    }
    return switch (type == null ? "" : type) {
      case "" -> TargetGuess.of(text);
      case "identity" -> PolicyTarget.IDENTITY;
      case "resource" -> PolicyTarget.RESOURCE;
      case "trust" -> PolicyTarget.TRUST;
      case "scp" -> PolicyTarget.SERVICE_CONTROL;
      case "rcp" -> PolicyTarget.RESOURCE_CONTROL;
      default -> throw new UsageException("unknown --type " + type);
    };
  }

  private static @Nullable FindingType threshold(String level) {
    return switch (level) {
      case "error" -> FindingType.ERROR;
      case "security-warning" -> FindingType.SECURITY_WARNING;
      case "warning" -> FindingType.WARNING;
      case "suggestion" -> FindingType.SUGGESTION;
      case "never" -> null;
      default -> throw new UsageException("unknown --fail-on " + level);
    };
  }

  private static FindingLanguage language(String name) {
    return switch (name) {
      case "ja" -> FindingLanguage.JAPANESE;
      case "en" -> FindingLanguage.ENGLISH;
      default -> throw new UsageException("unknown --language " + name);
    };
  }

  private static Report report(String format, FindingLanguage language) {
    return switch (format) {
      case "text" -> new TextReport(language);
      case "json" -> new JsonReport(language);
      case "sarif" -> new SarifReport(language);
      default -> throw new UsageException("unknown --format " + format);
    };
  }
}
