package dev.sekisho.kms;

/** Why material became the current one of its key. */
enum RotationType {
  AUTOMATIC,
  ON_DEMAND
}
