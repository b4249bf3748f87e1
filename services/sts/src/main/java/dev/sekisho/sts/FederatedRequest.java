package dev.sekisho.sts;

import dev.sekisho.contract.sts.Tag;
import dev.sekisho.core.Federation;
import dev.sekisho.core.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for whom an identity provider vouches for.
 *
 * @param action for example {@code sts:AssumeRoleWithSAML}
 * @param person who it is
 * @param federation what the provider said
 * @param tags the session's, as the provider said
 * @param end when the session ends at the latest, if the provider said so
 */
record FederatedRequest(
    String action,
    String roleArn,
    String sessionName,
    Principal person,
    Federation federation,
    List<Tag> tags,
    Set<String> transitiveTagKeys,
    @Nullable String sourceIdentity,
    @Nullable String policy,
    List<String> policyArns,
    @Nullable Integer durationSeconds,
    @Nullable Instant end) {}
