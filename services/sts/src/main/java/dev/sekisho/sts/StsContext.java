package dev.sekisho.sts;

import dev.sekisho.core.IdentityProviders;
import dev.sekisho.core.MfaVerifier;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.OutboundTokens;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RoleDirectory;
import dev.sekisho.core.RootAccess;
import dev.sekisho.crypto.SealedMessages;
import java.time.InstantSource;

/**
 * What STS's operations work with.
 *
 * @param keys knows the long-term access keys
 */
public record StsContext(
    RoleDirectory roles,
    RootAccess roots,
    MfaVerifier mfa,
    IdentityProviders providers,
    PrincipalResolver keys,
    IssuerConnections connections,
    SealedMessages messages,
    OutboundTokens tokens,
    OrganizationDirectory organizations,
    Randomness randomness,
    InstantSource clock) {}
