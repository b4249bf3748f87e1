package dev.sekisho.organizations;

import dev.sekisho.core.ServiceException;
import java.util.Map;

/** Organizations' errors, with its codes, reasons and wording. All are answered with status 400. */
final class OrganizationsErrors {

  private static final int STATUS = 400;

  private OrganizationsErrors() {}

  private static ServiceException of(String code, String message) {
    return new ServiceException(code, STATUS, message);
  }

  private static ServiceException of(String code, String reason, String message) {
    return new ServiceException(code, STATUS, message, Map.of("Reason", reason));
  }

  static ServiceException notInUse() {
    return of(
        "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
  }

  static ServiceException alreadyInOrganization() {
    return of(
        "AlreadyInOrganizationException",
        "The provided account is already a member of an organization.");
  }

  static ServiceException accessDenied() {
    return of("AccessDeniedException", "You don't have permissions to access this resource.");
  }

  static ServiceException constraint(String reason, String message) {
    return of("ConstraintViolationException", reason, message);
  }

  static ServiceException needsAllFeatures() {
    return constraint(
        "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
        "This operation requires that the organization has all features enabled.");
  }

  static ServiceException invalidInput(String reason, String message) {
    return of("InvalidInputException", reason, message);
  }

  static ServiceException pattern(String reason) {
    return invalidInput(reason, "You provided a value that does not match the required pattern.");
  }

  static ServiceException invalidValue(String reason) {
    return invalidInput(reason, "You specified an invalid value.");
  }

  /** For input that breaks a constraint of the model: which kind of constraint, and not which. */
  static ServiceException violation(String message) {
    if (message.contains("must satisfy regular expression pattern")) {
      return pattern("INVALID_PATTERN");
    }
    if (message.contains("must satisfy enum value set")) {
      return invalidValue("INVALID_ENUM");
    }
    if (message.contains("must not be null")) {
      return invalidInput("INPUT_REQUIRED", "You must specify all required parameters.");
    }
    String bound = message.contains("greater than or equal to") ? "MIN_" : "MAX_";
    return invalidValue(
        bound + (message.contains("have length") ? "LENGTH" : "VALUE") + "_EXCEEDED");
  }

  static ServiceException handshakeConstraint(String reason, String message) {
    return of("HandshakeConstraintViolationException", reason, message);
  }

  static ServiceException accountNotFound() {
    return of("AccountNotFoundException", "You specified an account that doesn't exist.");
  }

  static ServiceException rootNotFound() {
    return of("RootNotFoundException", "You specified a root that doesn't exist.");
  }

  static ServiceException parentNotFound() {
    return of("ParentNotFoundException", "You specified parent that doesn't exist.");
  }

  static ServiceException sourceParentNotFound() {
    return of("SourceParentNotFoundException", "You specified a source parent that doesn't exist.");
  }

  static ServiceException destinationParentNotFound() {
    return of(
        "DestinationParentNotFoundException",
        "You specified a destination parent that doesn't exist.");
  }

  static ServiceException duplicateAccount() {
    return of("DuplicateAccountException", "The account is already in the destination parent.");
  }

  static ServiceException childNotFound() {
    return of("ChildNotFoundException", "You specified a child that doesn't exist.");
  }

  static ServiceException targetNotFound() {
    return of("TargetNotFoundException", "You specified a target that doesn't exist.");
  }

  static ServiceException unitNotFound() {
    return of(
        "OrganizationalUnitNotFoundException",
        "You specified an organizational unit that doesn't exist.");
  }

  static ServiceException duplicateUnit() {
    return of("DuplicateOrganizationalUnitException", "An OU with the same name already exists.");
  }

  static ServiceException unitNotEmpty() {
    return of(
        "OrganizationalUnitNotEmptyException",
        "The specified organizational unit is not empty. Move all accounts to another root or to"
            + " other OUs, remove all child OUs, and try the operation again.");
  }

  static ServiceException organizationNotEmpty() {
    return of(
        "OrganizationNotEmptyException",
        "To delete an organization you must first remove all member accounts (except the"
            + " master).");
  }

  static ServiceException policyNotFound() {
    return of("PolicyNotFoundException", "You specified a policy that doesn't exist.");
  }

  static ServiceException duplicatePolicy() {
    return of("DuplicatePolicyException", "A policy with the same name already exists.");
  }

  static ServiceException malformedPolicy() {
    return of(
        "MalformedPolicyDocumentException",
        "The provided policy document does not meet the requirements of the specified policy"
            + " type.");
  }

  static ServiceException policyInUse() {
    return of(
        "PolicyInUseException",
        "The policy is attached to one or more entities. You must detach it from all roots, OUs,"
            + " and accounts before performing this operation.");
  }

  static ServiceException duplicateAttachment() {
    return of(
        "DuplicatePolicyAttachmentException",
        "The selected policy is already attached to the specified target.");
  }

  static ServiceException policyNotAttached() {
    return of(
        "PolicyNotAttachedException",
        "The policy isn't attached to the specified target in the specified root.");
  }

  static ServiceException typeNotEnabled() {
    return of(
        "PolicyTypeNotEnabledException",
        "This operation can be performed only for enabled policy types.");
  }

  static ServiceException typeAlreadyEnabled() {
    return of("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled.");
  }

  static ServiceException typeNotAvailable() {
    return of(
        "PolicyTypeNotAvailableForOrganizationException",
        "You can't use the specified policy type with the feature set currently enabled for this"
            + " organization.");
  }

  static ServiceException effectivePolicyNotFound() {
    return of(
        "EffectivePolicyNotFoundException",
        "The specified target does not have an effective policy of the specified type.");
  }

  static ServiceException requestNotFound() {
    return of(
        "CreateAccountStatusNotFoundException",
        "You specified an create account request that doesn't exist.");
  }

  static ServiceException alreadyClosed() {
    return of("AccountAlreadyClosedException", "The provided account is already closed.");
  }

  static ServiceException managementCannotLeave() {
    return of(
        "MasterCannotLeaveOrganizationException",
        "You can't remove a management account from an organization. If you want the management"
            + " account to become a member account in another organization, you must first delete"
            + " the current organization of the management account.");
  }

  static ServiceException alreadyRegistered() {
    return of(
        "AccountAlreadyRegisteredException",
        "The provided account is already a delegated administrator for your organization.");
  }

  static ServiceException notRegistered() {
    return of(
        "AccountNotRegisteredException",
        "The provided account is not a registered delegated administrator for your"
            + " organization.");
  }

  static ServiceException unknownService() {
    return invalidInput(
        "UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified an unrecognized service principal.");
  }

  static ServiceException resourcePolicyNotFound() {
    return of("ResourcePolicyNotFoundException", "Resource policy not found.");
  }

  static ServiceException handshakeNotFound() {
    return of("HandshakeNotFoundException", "You specified a handshake that doesn't exist.");
  }

  static ServiceException duplicateHandshake() {
    return of(
        "DuplicateHandshakeException",
        "A handshake with the same action and target already exists.");
  }

  static ServiceException handshakeAlreadyIn(Handshake.State state) {
    return of(
        "HandshakeAlreadyInStateException", "The specified handshake is already " + state + '.');
  }

  static ServiceException handshakeTransition(Handshake.State from, Handshake.State to) {
    return of(
        "InvalidHandshakeTransitionException",
        "You can't change the handshake from " + from + " to " + to + '.');
  }
}
