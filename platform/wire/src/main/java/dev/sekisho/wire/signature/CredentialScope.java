package dev.sekisho.wire.signature;

/**
 * What a signature is good for: a day, a region and a service.
 *
 * @param date yyyymmdd in UTC
 */
public record CredentialScope(String accessKeyId, String date, String region, String service) {

  static final String TERMINATOR = "aws4_request";

  /**
   * Reads {@code AKID/20150830/us-east-1/iam/aws4_request}.
   *
   * @throws SignatureFailure when it is not five parts, or they end otherwise
   */
  static CredentialScope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5 || parts[0].isEmpty()) {
      throw new SignatureFailure(
          SignatureFailure.Kind.INCOMPLETE,
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + SignatureFailure.excerpt(credential)
              + "'");
    }
    if (!parts[4].equals(TERMINATOR)) {
      throw new SignatureFailure(
          SignatureFailure.Kind.MISMATCH,
          "Credential should be scoped with a valid terminator: '"
              + TERMINATOR
              + "', not '"
              + SignatureFailure.excerpt(parts[4])
              + "'.");
    }
    return new CredentialScope(parts[0], parts[1], parts[2], parts[3]);
  }

  /** The scope as the string to sign holds it. */
  String text() {
    return date + '/' + region + '/' + service + '/' + TERMINATOR;
  }
}
