package dev.sekisho.sts;

import dev.sekisho.federation.saml.SamlAssertion;
import dev.sekisho.federation.saml.SamlResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What AWS asks of a verified assertion: that it was made for AWS, and now.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">SAML
 *     assertions</a>
 */
final class SamlProfile {

  private static final String OLD_AUDIENCE = "urn:amazon:webservices";

  /**
   * The sign-in endpoints: the global one, those of regions, and each with a provider's own end.
   */
  private static final Pattern SIGN_IN =
      Pattern.compile(
          "https://([a-z0-9-]+\\.)?signin\\.aws\\.amazon\\.com/saml(/acs/[A-Za-z0-9-]+)?");

  /** How long after it was made an assertion is taken. */
  private static final Duration REDEEMABLE = Duration.ofMinutes(5);

  private SamlProfile() {}

  /**
   * The recipient of the confirmation that holds.
   *
   * @throws dev.sekisho.core.ServiceException InvalidIdentityToken or ExpiredTokenException
   */
  static String require(SamlResponse response, Instant now) {
    SamlAssertion assertion = response.assertion();
    if (response.destination() != null && !isSignIn(response.destination())) {
      throw StsErrors.invalidIdentityToken("Response destination is invalid");
    }
    requireAudience(assertion.audiences());
    requireTime(assertion.notBefore(), assertion.notOnOrAfter(), now);
    List<SamlAssertion.Confirmation> ours =
        assertion.confirmations().stream()
            .filter(each -> each.recipient() != null && isSignIn(each.recipient()))
            .filter(each -> each.notOnOrAfter() != null)
            .toList();
    if (ours.isEmpty()) {
      throw StsErrors.invalidIdentityToken(
          "SubjectConfirmationData in AuthnResponse does not name the recipient");
    }
    Optional<SamlAssertion.Confirmation> holding =
        ours.stream().filter(each -> holds(each.notBefore(), each.notOnOrAfter(), now)).findFirst();
    return holding.map(SamlAssertion.Confirmation::recipient).orElseThrow(SamlProfile::expired);
  }

  private static boolean isSignIn(String address) {
    return SIGN_IN.matcher(address).matches();
  }

  private static void requireAudience(List<List<String>> restrictions) {
    boolean ours =
        !restrictions.isEmpty()
            && restrictions.stream()
                .allMatch(audiences ->
                    audiences.stream()
                        .anyMatch(each -> each.equals(OLD_AUDIENCE) || isSignIn(each)));
    if (!ours) {
      throw StsErrors.invalidIdentityToken("Response does not contain the required audience");
    }
  }

  private static void requireTime(@Nullable Instant from, @Nullable Instant until, Instant now) {
    if (!holds(from, until, now)) {
      throw expired();
    }
  }

  /** A clock may be off by as much as assertions are taken late. */
  private static boolean holds(@Nullable Instant from, @Nullable Instant until, Instant now) {
    return (from == null || !now.plus(REDEEMABLE).isBefore(from))
        && (until == null || now.isBefore(until));
  }

  private static dev.sekisho.core.ServiceException expired() {
    return StsErrors.expiredToken("Token must be redeemed within 5 minutes of issuance");
  }
}
