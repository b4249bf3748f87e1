package dev.sekisho.acm;

/**
 * What has to be in DNS for a name to be proved: an alias ({@code CNAME}) from a label below it to
 * a target.
 *
 * @param name that is proved, without its wildcard
 */
record Challenge(String name, String label, String target) {

  /** The alias's own name, with a dot at its end. */
  String record() {
    return label + '.' + name + '.';
  }
}
