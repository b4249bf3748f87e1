package dev.sekisho.federation.saml;

/** The namespaces of SAML 2.0 and of what it is built on. */
final class SamlNames {

  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  static final String ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
  static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

  private SamlNames() {}
}
