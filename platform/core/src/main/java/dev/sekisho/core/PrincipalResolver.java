package dev.sekisho.core;

import org.jspecify.annotations.Nullable;

/**
 * Finds who stands behind an access key. Implemented by IAM and STS, used by the signature gate.
 */
public interface PrincipalResolver {

  /**
   * Looks the key up as it is now: a key deactivated or deleted before this call is not known.
   *
   * @param sessionToken the token that came with the request, if one did
   */
  Resolution resolve(String accessKeyId, @Nullable String sessionToken);

  /** What was found. */
  sealed interface Resolution {

    /**
     * A usable key.
     *
     * @param secretAccessKey what the request must have been signed with
     */
    record Known(Caller caller, Secret secretAccessKey) implements Resolution {}

    /** No such key, a deleted or inactive one, or a session token that is not ours. */
    record Unknown() implements Resolution {}

    /** Temporary credentials past their end. */
    record Expired() implements Resolution {}
  }
}
