package dev.sekisho.sts;

import dev.sekisho.core.Call;
import dev.sekisho.core.MfaVerifier;
import dev.sekisho.core.ServiceException;
import org.jspecify.annotations.Nullable;

/** The MFA parameters of a call: a device's serial number and the code it shows. */
final class SecondFactor {

  private final MfaVerifier mfa;

  SecondFactor(MfaVerifier mfa) {
    this.mfa = mfa;
  }

  /**
   * Whether the call shows a second factor of its caller; the code is used up by this.
   *
   * @throws ServiceException AccessDenied when it shows one that does not hold
   */
  boolean shown(Call<?> call, @Nullable String serialNumber, @Nullable String tokenCode) {
    if (serialNumber == null && tokenCode == null) {
      return false;
    }
    if (serialNumber == null || tokenCode == null) {
      throw StsErrors.accessDenied(
          "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass"
              + " code.");
    }
    return switch (mfa.verify(call.context().caller().principal(), serialNumber, tokenCode)) {
      case ACCEPTED -> true;
      case WRONG_CODE ->
          throw StsErrors.accessDenied(
              "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
      case UNKNOWN_DEVICE ->
          throw StsErrors.accessDenied(
              "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your"
                  + " MFA serial number is valid and associated with this user.");
      case TOO_MANY_FAILURES -> throw new ServiceException("Throttling", 400, "Rate exceeded");
    };
  }
}
