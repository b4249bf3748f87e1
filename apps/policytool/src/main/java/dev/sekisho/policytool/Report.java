package dev.sekisho.policytool;

import java.util.List;

/** A way to write down what was found. */
interface Report {
  String write(List<CheckedFile> files);
}
