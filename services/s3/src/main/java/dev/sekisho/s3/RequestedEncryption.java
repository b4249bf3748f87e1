package dev.sekisho.s3;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.s3.ServerSideEncryptionByDefault;
import dev.sekisho.contract.s3.ServerSideEncryptionConfiguration;
import dev.sekisho.contract.s3.ServerSideEncryptionRule;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new object is to be sealed by: as its request says, else as its bucket says. */
final class RequestedEncryption {

  private static final String HEADER = "x-amz-server-side-encryption";

  private RequestedEncryption() {}

  /**
   * @throws dev.sekisho.core.ServiceException InvalidArgument or NotImplemented
   */
  static Encryption of(Bucket bucket, SentMembers sent) {
    refuseCustomerKeys(sent);
    String algorithm = sent.text("ServerSideEncryption");
    String key = sent.text("SSEKMSKeyId");
    String context = sent.text("SSEKMSEncryptionContext");
    Encryption usual = ofBucket(bucket);
    if (algorithm == null) {
      if (key != null || context != null) {
        throw S3Errors.invalidArgument(
            HEADER,
            "null",
            "Server Side Encryption with AWS KMS managed key requires HTTP header "
                + HEADER
                + " : aws:kms");
      }
      return usual;
    }
    return switch (algorithm) {
      case Encryption.AES256 -> {
        if (key != null || context != null) {
          throw S3Errors.invalidArgument(
              HEADER,
              algorithm,
              "Server Side Encryption with AWS KMS managed key requires HTTP header "
                  + HEADER
                  + " : aws:kms");
        }
        yield Encryption.SSE_S3;
      }
      case Encryption.KMS ->
          new Encryption(
              algorithm,
              key == null && usual.byKms() ? usual.kmsKey() : key,
              context == null ? Map.of() : context(context),
              sent.has("BucketKeyEnabled")
                  ? sent.flag("BucketKeyEnabled")
                  : usual.byKms() && usual.bucketKey());
      case "aws:kms:dsse", "aws:fsx" -> throw S3Errors.notImplemented(HEADER);
      default ->
          throw S3Errors.invalidArgument(
              HEADER, algorithm, "The encryption method specified is not supported");
    };
  }

  /** Keys that callers send along are not taken. */
  static void refuseCustomerKeys(SentMembers sent) {
    for (String member :
        List.of(
            "SSECustomerAlgorithm",
            "SSECustomerKey",
            "SSECustomerKeyMD5",
            "CopySourceSSECustomerAlgorithm",
            "CopySourceSSECustomerKey",
            "CopySourceSSECustomerKeyMD5")) {
      if (sent.has(member)) {
        throw S3Errors.notImplemented("x-amz-server-side-encryption-customer-algorithm");
      }
    }
  }

  /** The bucket's default encryption. */
  static Encryption ofBucket(Bucket bucket) {
    String setting = bucket.setting(BucketSetting.ENCRYPTION);
    if (setting == null) {
      return Encryption.SSE_S3;
    }
    List<ServerSideEncryptionRule> rules =
        StoredStructure.read(ServerSideEncryptionConfiguration.SHAPE, setting).rules();
    ServerSideEncryptionRule rule = rules == null ? null : rules.getFirst();
    ServerSideEncryptionByDefault usual =
        rule == null ? null : rule.applyServerSideEncryptionByDefault();
    if (usual == null || rule == null || Encryption.AES256.equals(usual.sseAlgorithm())) {
      return Encryption.SSE_S3;
    }
    return new Encryption(
        Encryption.KMS,
        usual.kmsMasterKeyID(),
        Map.of(),
        Boolean.TRUE.equals(rule.bucketKeyEnabled()));
  }

  private static Map<String, String> context(String header) {
    try {
      return TextMapJson.read(
          new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      throw invalidContext(header);
    }
  }

  private static dev.sekisho.core.ServiceException invalidContext(@Nullable String header) {
    return S3Errors.invalidArgument(
        "x-amz-server-side-encryption-context",
        String.valueOf(header),
        "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string"
            + " holding JSON which represents a string-string map");
  }
}
