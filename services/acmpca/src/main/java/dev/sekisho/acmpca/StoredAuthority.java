package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.CertificateAuthorityConfiguration;
import dev.sekisho.contract.acmpca.CrlConfiguration;
import dev.sekisho.contract.acmpca.OcspConfiguration;
import dev.sekisho.contract.acmpca.RevocationConfiguration;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.ObjectStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority as it is kept, without its key.
 *
 * @param status as set: an authority expires without anybody setting it, see {@link #statusAt}
 * @param restorableUntil when it is gone for good; null unless it was deleted
 * @param issued how many certificates it has issued
 */
record StoredAuthority(
    String arn,
    AccountId account,
    String region,
    boolean root,
    CertificateAuthorityConfiguration configuration,
    RevocationConfiguration revocation,
    String keyStorage,
    boolean shortLived,
    Status status,
    Instant createdAt,
    Instant changedAt,
    @Nullable Own own,
    @Nullable Instant restorableUntil,
    @Nullable String policy,
    long issued) {

  /** What an authority was set to. */
  enum Status {
    PENDING_CERTIFICATE,
    ACTIVE,
    DISABLED
  }

  /**
   * The certificate of the authority itself.
   *
   * @param certificate in PEM
   * @param chain in PEM; null for a root
   * @param serial in hexadecimal digits
   */
  record Own(
      String certificate,
      @Nullable String chain,
      String serial,
      Instant notBefore,
      Instant notAfter) {}

  /** What DescribeCertificateAuthority says. */
  String statusAt(Instant now) {
    if (restorableUntil != null) {
      return "DELETED";
    }
    return own != null && !now.isBefore(own.notAfter()) ? "EXPIRED" : status.name();
  }

  boolean isDeleted() {
    return restorableUntil != null;
  }

  /** Whether it is gone for good, though its rows may be there still. */
  boolean isGone(Instant now) {
    return restorableUntil != null && !now.isBefore(restorableUntil);
  }

  /** The end of the ARN, a UUID. */
  String id() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** How revocation lists are published; null when they are not. */
  @Nullable CrlConfiguration lists() {
    CrlConfiguration lists = revocation.crlConfiguration();
    return lists != null && Boolean.TRUE.equals(lists.enabled()) ? lists : null;
  }

  boolean hasPartitionedLists() {
    CrlConfiguration lists = lists();
    return lists != null && "PARTITIONED".equals(lists.crlType());
  }

  /** How OCSP is answered; null when it is not. */
  @Nullable OcspConfiguration ocsp() {
    OcspConfiguration ocsp = revocation.ocspConfiguration();
    return ocsp != null && Boolean.TRUE.equals(ocsp.enabled()) ? ocsp : null;
  }

  ObjectStore.Sender sender() {
    return new ObjectStore.Sender(AcmPcaContext.SERVICE, arn, account, region);
  }
}
