package dev.sekisho.sts;

import dev.sekisho.federation.saml.SamlAssertion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The condition keys that an assertion's attributes become.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml">Keys
 *     for SAML</a>
 */
final class SamlConditionKeys {

  private static final String EDU_PERSON = "urn:oid:1.3.6.1.4.1.5923.1.1.1.";
  private static final String EDU_ORG = "urn:oid:1.3.6.1.4.1.5923.1.2.1.";

  private static final Map<String, String> BY_ATTRIBUTE =
      Map.ofEntries(
          Map.entry(EDU_PERSON + "1", "saml:edupersonaffiliation"),
          Map.entry(EDU_PERSON + "2", "saml:edupersonnickname"),
          Map.entry(EDU_PERSON + "3", "saml:edupersonorgdn"),
          Map.entry(EDU_PERSON + "4", "saml:edupersonorgunitdn"),
          Map.entry(EDU_PERSON + "5", "saml:edupersonprimaryaffiliation"),
          Map.entry(EDU_PERSON + "6", "saml:edupersonprincipalname"),
          Map.entry(EDU_PERSON + "7", "saml:edupersonentitlement"),
          Map.entry(EDU_PERSON + "8", "saml:edupersonprimaryorgunitdn"),
          Map.entry(EDU_PERSON + "9", "saml:edupersonscopedaffiliation"),
          Map.entry(EDU_PERSON + "10", "saml:edupersontargetedid"),
          Map.entry(EDU_PERSON + "11", "saml:edupersonassurance"),
          Map.entry(EDU_ORG + "2", "saml:eduorghomepageuri"),
          Map.entry(EDU_ORG + "3", "saml:eduorgidentityauthnpolicyuri"),
          Map.entry(EDU_ORG + "4", "saml:eduorglegalname"),
          Map.entry(EDU_ORG + "5", "saml:eduorgsuperioruri"),
          Map.entry(EDU_ORG + "6", "saml:eduorgwhitepagesuri"),
          Map.entry("urn:oid:2.5.4.3", "saml:cn"),
          Map.entry("http://schemas.xmlsoap.org/claims/CommonName", "saml:commonName"),
          Map.entry(
              "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "saml:givenName"),
          Map.entry(
              "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "saml:surname"),
          Map.entry("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "saml:name"),
          Map.entry(
              "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "saml:mail"),
          Map.entry("http://schemas.xmlsoap.org/claims/Group", "saml:primaryGroupSID"),
          Map.entry(
              "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid",
              "saml:primaryGroupSID"),
          Map.entry("urn:oid:0.9.2342.19200300.100.1.1", "saml:uid"),
          Map.entry("urn:oid:0.9.2342.19200300.100.1.3", "saml:mail"),
          Map.entry("urn:oid:0.9.2342.19200300.100.1.45", "saml:organizationStatus"),
          Map.entry("urn:oid:2.5.4.45", "saml:x500UniqueIdentifier"));

  private SamlConditionKeys() {}

  static Map<String, List<String>> of(SamlAssertion assertion) {
    Map<String, List<String>> keys = new HashMap<>();
    assertion
        .attributes()
        .forEach((attribute, values) -> {
          String key = BY_ATTRIBUTE.get(attribute);
          if (key != null && !values.isEmpty()) {
            keys.put(key, values);
          }
        });
    return keys;
  }
}
