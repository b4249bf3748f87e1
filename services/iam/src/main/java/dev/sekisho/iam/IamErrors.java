package dev.sekisho.iam;

import dev.sekisho.core.ServiceException;

/** IAM's errors, with its codes, statuses and wording. */
final class IamErrors {

  private IamErrors() {}

  static ServiceException noSuchEntity(String message) {
    return new ServiceException("NoSuchEntity", 404, message);
  }

  static ServiceException noSuchUser(String name) {
    return noSuchEntity("The user with name " + name + " cannot be found.");
  }

  static ServiceException noSuchGroup(String name) {
    return noSuchEntity("The group with name " + name + " cannot be found.");
  }

  static ServiceException noSuchRole(String name) {
    return noSuchEntity("The role with name " + name + " cannot be found.");
  }

  static ServiceException noSuchPolicy(String arn) {
    return noSuchEntity("Policy " + arn + " was not found.");
  }

  static ServiceException alreadyExists(String kind, String name) {
    return new ServiceException(
        "EntityAlreadyExists", 409, kind + " with name " + name + " already exists.");
  }

  static ServiceException deleteConflict(String message) {
    return new ServiceException("DeleteConflict", 409, message);
  }

  static ServiceException limitExceeded(String message) {
    return new ServiceException("LimitExceeded", 409, message);
  }

  static ServiceException malformedPolicy(String message) {
    return new ServiceException("MalformedPolicyDocument", 400, message);
  }

  static ServiceException validation(String message) {
    return new ServiceException("ValidationError", 400, message);
  }

  static ServiceException alreadyExists(String message) {
    return new ServiceException("EntityAlreadyExists", 409, message);
  }

  static ServiceException invalidInput(String message) {
    return new ServiceException("InvalidInput", 400, message);
  }

  static ServiceException throttled() {
    return new ServiceException("Throttling", 400, "Rate exceeded");
  }
}
