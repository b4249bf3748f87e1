package dev.sekisho.policytool;

import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.Location;
import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.Span;
import java.util.List;
import java.util.Locale;

/** For people: each finding as editors and compilers write it, with the line it is about. */
record TextReport(FindingLanguage language) implements Report {

  /** Longer lines are shown in part. */
  private static final int WIDEST = 100;

  @Override
  public String write(List<CheckedFile> files) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (CheckedFile file : files) {
      for (PolicyFinding finding : file.findings()) {
        finding(text, file.file(), finding);
        count++;
      }
    }
    text.append(summary(count, files.size()));
    return text.toString();
  }

  private static String summary(int findings, int files) {
    return (findings == 0 ? "no findings" : findings + (findings == 1 ? " finding" : " findings"))
        + " in "
        + files
        + (files == 1 ? " file\n" : " files\n");
  }

  private void finding(StringBuilder text, PolicyFile file, PolicyFinding finding) {
    Span span = finding.locations().getFirst().span();
    text.append(place(file, span))
        .append(": ")
        .append(finding.type().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(": ")
        .append(printable(finding.details(language)))
        .append(" [")
        .append(finding.issue().name())
        .append("]\n");
    excerpt(text, file.text(), span);
    for (Location other : finding.locations().subList(1, finding.locations().size())) {
      text.append("    see ").append(place(file, other.span())).append('\n');
    }
    text.append("    ").append(finding.issue().learnMoreLink()).append("\n\n");
  }

  /** Editors count columns from 1. */
  private static String place(PolicyFile file, Span span) {
    return file.name() + ":" + span.start().line() + ":" + (span.start().column() + 1);
  }

  private static void excerpt(StringBuilder text, String document, Span span) {
    int begin = span.start().offset() - span.start().column();
    int end = begin;
    while (end < document.length() && "\r\n".indexOf(document.charAt(end)) < 0) {
      end++;
    }
    int from = Math.max(begin, span.start().offset() - WIDEST / 2);
    int to = Math.min(end, from + WIDEST);
    String shown = document.substring(from, to).replace('\t', ' ');
    int indent = span.start().offset() - from;
    int marked = Math.max(1, Math.min(span.end().offset(), to) - span.start().offset());
    text.append("    ").append(printable(shown)).append('\n');
    text.append("    ").append(" ".repeat(indent)).append("^".repeat(marked)).append('\n');
  }

  /** A file must not be able to command the terminal. */
  private static String printable(String line) {
    StringBuilder printable = new StringBuilder(line);
    for (int i = 0; i < printable.length(); i++) {
      if (Character.isISOControl(printable.charAt(i))) {
        printable.setCharAt(i, '\ufffd');
      }
    }
    return printable.toString();
  }
}
