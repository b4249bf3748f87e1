package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.CrlConfiguration;
import dev.sekisho.contract.acmpca.CrlDistributionPointExtensionConfiguration;
import dev.sekisho.contract.acmpca.OcspConfiguration;
import dev.sekisho.contract.acmpca.RevocationConfiguration;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.ServiceException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller may set of how an authority tells what it has revoked. */
final class RevocationSettings {

  private static final String OWNERS = "BUCKET_OWNER_FULL_CONTROL";

  private RevocationSettings() {}

  static boolean omitsPoint(CrlConfiguration lists) {
    CrlDistributionPointExtensionConfiguration point =
        lists.crlDistributionPointExtensionConfiguration();
    return point != null && Boolean.TRUE.equals(point.omitExtension());
  }

  /**
   * The settings as they are kept.
   *
   * @throws ServiceException InvalidArgsException
   */
  static RevocationConfiguration of(@Nullable RevocationConfiguration asked) {
    CrlConfiguration lists = asked == null ? null : asked.crlConfiguration();
    OcspConfiguration ocsp = asked == null ? null : asked.ocspConfiguration();
    return RevocationConfiguration.builder()
        .crlConfiguration(lists == null ? off() : lists(lists))
        .ocspConfiguration(ocsp == null ? OcspConfiguration.builder().enabled(false).build() : ocsp)
        .build();
  }

  private static CrlConfiguration off() {
    return CrlConfiguration.builder().enabled(false).build();
  }

  private static CrlConfiguration lists(CrlConfiguration asked) {
    if (!Boolean.TRUE.equals(asked.enabled())) {
      return off();
    }
    if (asked.s3BucketName() == null || asked.expirationInDays() == null) {
      throw AcmPcaErrors.invalidArgs(
          "S3BucketName and ExpirationInDays must be specified when CRLs are enabled.");
    }
    String acl = Objects.requireNonNullElse(asked.s3ObjectAcl(), OWNERS);
    if (!acl.equals(OWNERS)) {
      throw AcmPcaErrors.invalidArgs(
          "The S3 object ACL "
              + acl
              + " is not available: objects are put with "
              + OWNERS
              + ", and a bucket policy can make them public.");
    }
    return CrlConfiguration.builder()
        .enabled(true)
        .expirationInDays(asked.expirationInDays())
        .customCname(asked.customCname())
        .customPath(asked.customPath())
        .s3BucketName(asked.s3BucketName())
        .s3ObjectAcl(acl)
        .crlType(Objects.requireNonNullElse(asked.crlType(), "COMPLETE"))
        .crlDistributionPointExtensionConfiguration(
            asked.crlDistributionPointExtensionConfiguration())
        .build();
  }

  /**
   * Makes sure that the bucket takes what is put there.
   *
   * @throws ServiceException InvalidArgsException with S3's reason
   */
  static void requireBucket(ObjectStore objects, StoredAuthority authority) {
    CrlConfiguration lists = authority.lists();
    if (lists == null) {
      return;
    }
    try {
      objects.requireBucket(authority.sender(), Objects.requireNonNull(lists.s3BucketName()));
    } catch (ServiceException refused) {
      throw AcmPcaErrors.invalidArgs(
          "The service principal "
              + AcmPcaContext.SERVICE
              + " cannot use the bucket "
              + lists.s3BucketName()
              + ": "
              + refused.code());
    }
  }
}
