package dev.sekisho.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What temporary credentials carry beside the principal. Nothing in it was not signed by Sekisho.
 *
 * @param mfaAt when a second factor was shown, if it was
 * @param tags session tags; they win over the tags of the user or role
 * @param transitiveTagKeys the session tags that a chained session keeps
 * @param sourceIdentity set once and kept through role chaining
 * @param policy an inline session policy that narrows what the session may do
 * @param policyArns managed session policies that narrow what the session may do
 * @param chained whether the session was made with the credentials of another role session
 * @param federation who vouched for the person behind the session, if somebody outside did
 */
public record Session(
    Instant issuedAt,
    Instant expiresAt,
    @Nullable Instant mfaAt,
    Map<String, String> tags,
    Set<String> transitiveTagKeys,
    @Nullable String sourceIdentity,
    @Nullable String policy,
    List<String> policyArns,
    boolean chained,
    @Nullable Federation federation) {

  public Session {
    tags = Map.copyOf(tags);
    transitiveTagKeys = Set.copyOf(transitiveTagKeys);
    policyArns = List.copyOf(policyArns);
  }

  /** A session that nobody outside vouched for. */
  public Session(
      Instant issuedAt,
      Instant expiresAt,
      @Nullable Instant mfaAt,
      Map<String, String> tags,
      Set<String> transitiveTagKeys,
      @Nullable String sourceIdentity,
      @Nullable String policy,
      List<String> policyArns,
      boolean chained) {
    this(
        issuedAt,
        expiresAt,
        mfaAt,
        tags,
        transitiveTagKeys,
        sourceIdentity,
        policy,
        policyArns,
        chained,
        null);
  }

  /** A session without tags, source identity or session policies. */
  public static Session plain(Instant issuedAt, Instant expiresAt, @Nullable Instant mfaAt) {
    return new Session(
        issuedAt, expiresAt, mfaAt, Map.of(), Set.of(), null, null, List.of(), false);
  }
}
