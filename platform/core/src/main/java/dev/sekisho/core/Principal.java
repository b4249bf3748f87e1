package dev.sekisho.core;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, as policies and the audit log name it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal
 *     element</a>
 */
public sealed interface Principal {

  /** The account the caller belongs to; none for the anonymous and for services. */
  @Nullable AccountId account();

  /** The caller's ARN as {@code GetCallerIdentity} shows it; none for the anonymous. */
  @Nullable Arn arn();

  /** What {@code aws:userid} holds. */
  String userId();

  /** The ARN of the identity provider that vouches for the caller; none for all others. */
  default @Nullable String provider() {
    return null;
  }

  /** The account's root user. */
  record Root(AccountId account) implements Principal {
    @Override
    public Arn arn() {
      return account.root();
    }

    @Override
    public String userId() {
      return account.value();
    }
  }

  /**
   * An IAM user.
   *
   * @param path starts and ends with a slash
   * @param id the unique id, {@code AIDA…}
   */
  record User(AccountId account, String path, String name, String id) implements Principal {
    @Override
    public Arn arn() {
      return Arn.of("iam", "", account.value(), "user" + path + name);
    }

    @Override
    public String userId() {
      return id;
    }
  }

  /**
   * A session of a role.
   *
   * @param rolePath starts and ends with a slash; it is part of the role's ARN, not of the
   *     session's
   * @param roleId the unique id, {@code AROA…}
   */
  record RoleSession(
      AccountId account, String rolePath, String roleName, String roleId, String sessionName)
      implements Principal {
    @Override
    public Arn arn() {
      return Arn.of("sts", "", account.value(), "assumed-role/" + roleName + '/' + sessionName);
    }

    /** The ARN of the role itself, which is what {@code aws:PrincipalArn} holds. */
    public Arn roleArn() {
      return Arn.of("iam", "", account.value(), "role" + rolePath + roleName);
    }

    @Override
    public String userId() {
      return roleId + ':' + sessionName;
    }
  }

  /**
   * A session made by {@code GetFederationToken}.
   *
   * @param issuer the user, or the root user, who made it and whose policies it has
   */
  record FederatedUser(AccountId account, String name, Principal issuer) implements Principal {

    /**
     * @throws IllegalArgumentException when the issuer is neither a user nor the root user
     */
    public FederatedUser {
      if (!(issuer instanceof User || issuer instanceof Root)) {
        throw new IllegalArgumentException("only users make federated users");
      }
    }

    @Override
    public Arn arn() {
      return Arn.of("sts", "", account.value(), "federated-user/" + name);
    }

    @Override
    public String userId() {
      return account.value() + ':' + name;
    }
  }

  /**
   * Whoever an OpenID Connect provider vouches for, on the way to a role.
   *
   * @param account the provider's account
   * @param provider the provider's ARN
   * @param issuer the provider's URL without its scheme
   */
  record WebIdentity(
      AccountId account, String provider, String issuer, String audience, String subject)
      implements Principal {
    @Override
    public @Nullable Arn arn() {
      return null;
    }

    @Override
    public String userId() {
      return provider + ':' + audience + ':' + subject;
    }
  }

  /**
   * Whoever a SAML provider vouches for, on the way to a role.
   *
   * @param account the provider's account
   * @param provider the provider's ARN
   * @param nameQualifier makes the subject unique among all providers
   */
  record SamlIdentity(AccountId account, String provider, String nameQualifier, String subject)
      implements Principal {
    @Override
    public @Nullable Arn arn() {
      return null;
    }

    @Override
    public String userId() {
      return nameQualifier + ':' + subject;
    }
  }

  /**
   * An AWS service acting for itself.
   *
   * @param name for example {@code cloudtrail.amazonaws.com}
   */
  record Service(String name) implements Principal {
    @Override
    public @Nullable AccountId account() {
      return null;
    }

    @Override
    public @Nullable Arn arn() {
      return null;
    }

    @Override
    public String userId() {
      return name;
    }
  }

  /** Whoever sends an unsigned request. */
  record Anonymous() implements Principal {
    @Override
    public @Nullable AccountId account() {
      return null;
    }

    @Override
    public @Nullable Arn arn() {
      return null;
    }

    @Override
    public String userId() {
      return "anonymous";
    }
  }
}
