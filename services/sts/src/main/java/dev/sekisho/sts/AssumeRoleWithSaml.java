package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumeRoleWithSAMLRequest;
import dev.sekisho.contract.sts.AssumeRoleWithSAMLResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Federation;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.IdentityProviders;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.federation.saml.RejectedSaml;
import dev.sekisho.federation.saml.SamlAssertion;
import dev.sekisho.federation.saml.SamlMetadata;
import dev.sekisho.federation.saml.SamlResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives out credentials for a session of a role to whom a SAML provider vouches for, for that role.
 *
 * <p>As with AWS, an assertion may be used again for as long as it is valid.
 */
final class AssumeRoleWithSaml implements StsApi.AssumeRoleWithSaml {

  private static final String ACTION = "sts:AssumeRoleWithSAML";
  private static final String ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/";
  private static final String PRINCIPAL_TAG = ATTRIBUTES + "PrincipalTag:";
  private static final String FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:";

  private final IdentityProviders providers;
  private final FederatedSessions sessions;

  AssumeRoleWithSaml(IdentityProviders providers, FederatedSessions sessions) {
    this.providers = providers;
    this.sessions = sessions;
  }

  @Override
  public Guarded<AssumeRoleWithSAMLResponse> assumeRoleWithSAML(
      Call<AssumeRoleWithSAMLRequest> call) {
    AssumeRoleWithSAMLRequest input = call.input();
    Instant now = call.context().time();
    Arn arn = FederatedSessions.arn(input.principalArn());
    IdentityProviders.Saml provider =
        providers
            .saml(arn)
            .orElseThrow(() -> StsErrors.invalidIdentityToken("Specified provider doesn't exist"));
    SamlMetadata metadata = metadata(provider);
    SamlResponse response = verify(input.samlAssertion(), provider, metadata);
    SamlAssertion assertion = response.assertion();
    if (!assertion.issuer().equals(metadata.entityId())) {
      throw StsErrors.invalidIdentityToken("Issuer not present in specified provider");
    }
    String recipient = SamlProfile.require(response, now);
    requireRole(assertion, input.roleArn(), input.principalArn());
    String qualifier = nameQualifier(assertion.issuer(), arn);
    String type = type(assertion.subjectFormat());
    FederatedRequest request = request(input, arn, assertion, recipient, qualifier, type);
    return sessions.guarded(
        request,
        now,
        made ->
            AssumeRoleWithSAMLResponse.builder()
                .credentials(made.credentials())
                .assumedRoleUser(made.assumedRoleUser())
                .packedPolicySize(made.packedPolicySize())
                .subject(assertion.subject())
                .subjectType(type)
                .issuer(assertion.issuer())
                .audience(recipient)
                .nameQualifier(qualifier)
                .sourceIdentity(request.sourceIdentity())
                .build());
  }

  private static SamlMetadata metadata(IdentityProviders.Saml provider) {
    try {
      return SamlMetadata.parse(provider.metadata());
    } catch (RejectedSaml impossible) {
      throw new IllegalStateException("metadata is read before it is kept", impossible);
    }
  }

  private static SamlResponse verify(
      String text, IdentityProviders.Saml provider, SamlMetadata metadata) {
    byte[] xml;
    try {
      xml = Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw StsErrors.invalidIdentityToken("Invalid base64 SAMLResponse");
    }
    try {
      return SamlResponse.verify(
          xml,
          metadata,
          provider.encryptionRequired(),
          provider.decryptionKeys().stream().map(Certificates::privateKey).toList());
    } catch (RejectedSaml rejected) {
      throw refusal(rejected);
    }
  }

  private static ServiceException refusal(RejectedSaml rejected) {
    return switch (rejected.reason()) {
      case MALFORMED ->
          StsErrors.invalidIdentityToken("Your request included an invalid SAML response");
      case STATUS ->
          StsErrors.rejectedClaim(
              "The identity provider (IdP) reported that authentication failed. This might be"
                  + " because the claim is invalid.");
      case SIGNATURE -> StsErrors.invalidIdentityToken("Response signature invalid");
      case ENCRYPTION -> StsErrors.invalidIdentityToken("Unable to decrypt SAML assertion");
    };
  }

  /** The provider must say that the person may have this role. */
  private static void requireRole(SamlAssertion assertion, String role, String provider) {
    for (String value : assertion.values(ATTRIBUTES + "Role")) {
      List<String> pair = List.of(value.split("\\s*,\\s*", -1));
      if (pair.size() == 2 && pair.contains(role) && pair.contains(provider)) {
        return;
      }
    }
    throw StsErrors.accessDenied("Not authorized to perform " + ACTION);
  }

  private static FederatedRequest request(
      AssumeRoleWithSAMLRequest input,
      Arn provider,
      SamlAssertion assertion,
      String recipient,
      String qualifier,
      String type) {
    Map<String, List<String>> conditions = new HashMap<>(SamlConditionKeys.of(assertion));
    conditions.put("saml:aud", List.of(recipient));
    conditions.put("saml:iss", List.of(assertion.issuer()));
    conditions.put("saml:sub", List.of(assertion.subject()));
    conditions.put("saml:sub_type", List.of(type));
    conditions.put("saml:namequalifier", List.of(qualifier));
    conditions.put("saml:doc", List.of(provider.account() + friendlyName(provider)));
    AccountId account = new AccountId(provider.account());
    String arn = provider.toString();
    return new FederatedRequest(
        ACTION,
        input.roleArn(),
        sessionName(assertion),
        new Principal.SamlIdentity(account, arn, qualifier, assertion.subject()),
        new Federation(arn, conditions),
        AssumeRoleWithWebIdentity.tags(tags(assertion)),
        new HashSet<>(assertion.values(ATTRIBUTES + "TransitiveTagKeys")),
        AssumeRoleWithWebIdentity.sourceIdentity(one(assertion, "SourceIdentity")),
        input.policy(),
        SessionLimits.arns(input.policyArns()),
        input.durationSeconds(),
        assertion.sessionEnd());
  }

  private static String sessionName(SamlAssertion assertion) {
    String name = one(assertion, "RoleSessionName");
    if (name == null) {
      throw StsErrors.invalidIdentityToken("RoleSessionName is required in AuthnResponse");
    }
    if (!name.matches("[\\w+=,.@-]{2,64}")) {
      throw StsErrors.invalidIdentityToken(
          "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
    }
    return name;
  }

  private static @Nullable String one(SamlAssertion assertion, String attribute) {
    List<String> values = assertion.values(ATTRIBUTES + attribute);
    if (values.size() > 1) {
      throw StsErrors.invalidIdentityToken(attribute + " in AuthnResponse must have one value");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  private static Map<String, String> tags(SamlAssertion assertion) {
    Map<String, String> tags = new HashMap<>();
    for (String attribute : assertion.attributes().keySet()) {
      if (attribute.startsWith(PRINCIPAL_TAG)) {
        String key = attribute.substring(PRINCIPAL_TAG.length());
        tags.put(key, String.valueOf(one(assertion, "PrincipalTag:" + key)));
      }
    }
    return tags;
  }

  /** Persistent and transient names by one word, all others by their whole URI. */
  private static String type(@Nullable String format) {
    return format == null
        ? "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
        : format.startsWith(FORMAT) ? format.substring(FORMAT.length()) : format;
  }

  private static String friendlyName(Arn provider) {
    return provider.resource().substring(provider.resource().indexOf('/'));
  }

  private static String nameQualifier(String issuer, Arn provider) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest(
                      (issuer + provider.account() + friendlyName(provider))
                          .getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }
}
