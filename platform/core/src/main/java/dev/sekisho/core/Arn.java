package dev.sekisho.core;

/**
 * An Amazon Resource Name: {@code arn:partition:service:region:account:resource}.
 *
 * <p>The sixth field keeps any further colons. Region and account are empty where AWS leaves them
 * empty (IAM has no region, S3 buckets have neither).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {

  private static final int FIELDS = 6;

  /** The only partition Sekisho serves. */
  public static final String AWS = "aws";

  /** An ARN in the {@code aws} partition. */
  public static Arn of(String service, String region, String account, String resource) {
    return new Arn(AWS, service, region, account, resource);
  }

  /**
   * Reads an ARN.
   *
   * @throws IllegalArgumentException when the text does not have six fields or does not start with
   *     {@code arn:}
   */
  public static Arn parse(String text) {
    String[] fields = text.split(":", FIELDS);
    if (fields.length != FIELDS || !fields[0].equals("arn") || fields[1].isEmpty()) {
      throw new IllegalArgumentException("not an ARN");
    }
    return new Arn(fields[1], fields[2], fields[3], fields[4], fields[5]);
  }

  @Override
  public String toString() {
    return "arn:" + partition + ':' + service + ':' + region + ':' + account + ':' + resource;
  }
}
