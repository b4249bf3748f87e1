package dev.sekisho.kms;

import dev.sekisho.core.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Where a key is in its life, by AWS's names.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key
 *     states</a>
 */
enum KeyState {
  CREATING("Creating"),
  ENABLED("Enabled"),
  DISABLED("Disabled"),
  PENDING_DELETION("PendingDeletion"),
  PENDING_IMPORT("PendingImport"),
  PENDING_REPLICA_DELETION("PendingReplicaDeletion"),
  UNAVAILABLE("Unavailable"),
  UPDATING("Updating");

  private final String awsName;

  KeyState(String awsName) {
    this.awsName = awsName;
  }

  String awsName() {
    return awsName;
  }

  static KeyState of(String awsName) {
    for (KeyState state : values()) {
      if (state.awsName.equals(awsName)) {
        return state;
      }
    }
    throw new IllegalStateException("the store has a key in an unknown state");
  }

  /** Whether deletion was asked for. */
  boolean isPendingDeletion() {
    return this == PENDING_DELETION || this == PENDING_REPLICA_DELETION;
  }

  /** Why a key in this state cannot be used, or null when it can. */
  @Nullable ServiceException unusable(KeyName key) {
    return switch (this) {
      case ENABLED, UPDATING -> null;
      case DISABLED -> KmsErrors.disabled(key);
      case PENDING_DELETION -> KmsErrors.invalidState(key.arn() + " is pending deletion.");
      case PENDING_REPLICA_DELETION ->
          KmsErrors.invalidState(key.arn() + " is pending replica deletion.");
      case PENDING_IMPORT -> KmsErrors.invalidState(key.arn() + " is pending import.");
      case UNAVAILABLE -> KmsErrors.invalidState(key.arn() + " is unavailable.");
      case CREATING -> KmsErrors.invalidState(key.arn() + " is creating.");
    };
  }

  /** Why a key in this state cannot be enabled or disabled, or null when it can. */
  @Nullable ServiceException unswitchable(KeyName key) {
    return switch (this) {
      case ENABLED, DISABLED -> null;
      case UPDATING -> KmsErrors.invalidState(key.arn() + " is updating.");
      case PENDING_DELETION, PENDING_REPLICA_DELETION, PENDING_IMPORT, UNAVAILABLE, CREATING ->
          unusable(key);
    };
  }
}
