package dev.sekisho.acmpca;

import dev.sekisho.core.Blob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that an authority issued.
 *
 * @param serial 32 hexadecimal digits
 * @param certificate in DER
 * @param template the template's ARN
 * @param requestedBy the service that asked for it; null when the caller did
 * @param part of the authority's revocation lists
 * @param revokedAt null while it is good
 * @param reason why it was revoked
 */
record IssuedCertificate(
    String authority,
    String serial,
    Blob certificate,
    String template,
    @Nullable String requestedBy,
    Instant issuedAt,
    Instant notAfter,
    long part,
    @Nullable Instant revokedAt,
    @Nullable String reason) {

  String arn() {
    return authority + "/certificate/" + serial;
  }
}
