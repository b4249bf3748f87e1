package dev.sekisho.iam;

import dev.sekisho.core.AccessKeyId;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.PasswordHash;

/**
 * Makes IAM's unique ids and access keys.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids">Unique
 *     identifiers</a>
 */
public final class UniqueIds {

  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int SUFFIX = 17;
  private static final int SECRET = 40;
  private static final int PROVIDER = 22;
  private static final int SERVICE_PASSWORD = 44;
  private static final int SIGNING_CERTIFICATE = 32;

  private final Randomness randomness;

  public UniqueIds(Randomness randomness) {
    this.randomness = randomness;
  }

  String user() {
    return "AIDA" + suffix(SUFFIX);
  }

  String group() {
    return "AGPA" + suffix(SUFFIX);
  }

  String role() {
    return "AROA" + suffix(SUFFIX);
  }

  String policy() {
    return "ANPA" + suffix(SUFFIX);
  }

  String instanceProfile() {
    return "AIPA" + suffix(SUFFIX);
  }

  String serverCertificate() {
    return "ASCA" + suffix(SUFFIX);
  }

  String sshPublicKey() {
    return "APKA" + suffix(SUFFIX);
  }

  String serviceCredential() {
    return "ACCA" + suffix(SUFFIX);
  }

  /** What providers of identities are known by within; their ARNs name them outside. */
  String provider() {
    return suffix(PROVIDER);
  }

  /** What a SAML provider's private key is known by. */
  String samlPrivateKey() {
    return suffix(PROVIDER);
  }

  /** Forty-four characters, as service-specific passwords are; more than 240 bits. */
  Secret servicePassword() {
    return Secret.of(randomness.text(SECRET_ALPHABET, SERVICE_PASSWORD));
  }

  /** What a device's codes are made from. */
  Secret mfaSeed(int bytes) {
    return Secret.of(randomness.bytes(bytes));
  }

  /** What is kept of a password. */
  String passwordHash(Secret password) {
    return PasswordHash.of(password, randomness);
  }

  /** Signing certificates have no prefix. */
  String signingCertificate() {
    return suffix(SIGNING_CERTIFICATE);
  }

  /** The number that a deletion or a report is asked after by. */
  String task() {
    return randomness.uuid().toString();
  }

  /** The id of a long-term access key, which tells its account. */
  public String accessKey(AccountId account) {
    return AccessKeyId.of(AccessKeyId.LONG_TERM, account, randomness);
  }

  /** Forty characters, 240 bits. */
  public String secretAccessKey() {
    return randomness.text(SECRET_ALPHABET, SECRET);
  }

  private String suffix(int length) {
    return randomness.text(ID_ALPHABET, length);
  }
}
