package dev.sekisho.s3;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which names buckets can have.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket
 *     naming rules</a>
 */
final class BucketName {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 63;
  private static final Pattern LABELS =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

  private BucketName() {}

  /** Whether a general purpose bucket can be made under the name. */
  static boolean isValid(String name) {
    return name.length() >= SHORTEST
        && name.length() <= LONGEST
        && LABELS.matcher(name).matches()
        && !ADDRESS.matcher(name).matches()
        && !isReserved(name);
  }

  /** Names that mean something else to AWS, such as access points and directory buckets. */
  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("xn--")
        || lower.startsWith("sthree-")
        || lower.startsWith("amzn-s3-demo-")
        || lower.endsWith("-s3alias")
        || lower.endsWith("--ol-s3")
        || lower.endsWith(".mrap")
        || lower.endsWith("--x-s3")
        || lower.endsWith("--table-s3");
  }

  /** The bucket's ARN. */
  static String arn(String bucket) {
    return "arn:aws:s3:::" + bucket;
  }

  /** The ARN of an object in the bucket. */
  static String arn(String bucket, String key) {
    return "arn:aws:s3:::" + bucket + '/' + key;
  }
}
