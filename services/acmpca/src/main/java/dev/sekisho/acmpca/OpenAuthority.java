package dev.sekisho.acmpca;

import dev.sekisho.crypto.Certificates;
import dev.sekisho.crypto.x509.Issuer;
import dev.sekisho.crypto.x509.NameConstraintRules;
import dev.sekisho.crypto.x509.RefusedInput;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * An authority with its key, ready to sign.
 *
 * @param path its own certificate first, the root last; empty before it has one
 * @param constraints what the path allows it to vouch for
 */
record OpenAuthority(Issuer issuer, List<X509Certificate> path, NameConstraintRules constraints) {

  /** The name to the byte as the authority's own certificate has it, once there is one. */
  static X500Name name(StoredAuthority authority, List<X509Certificate> path) {
    return path.isEmpty()
        ? Subjects.name(authority.configuration().subject())
        : X500Name.getInstance(path.getFirst().getSubjectX500Principal().getEncoded());
  }

  /** Its own certificate and those above. */
  static List<X509Certificate> path(StoredAuthority authority) {
    StoredAuthority.Own own = authority.own();
    if (own == null) {
      return List.of();
    }
    List<X509Certificate> path = new ArrayList<>();
    path.add(Certificates.one(own.certificate()));
    if (own.chain() != null) {
      path.addAll(Certificates.chain(own.chain()));
    }
    return List.copyOf(path);
  }

  static NameConstraintRules constraints(List<X509Certificate> path) {
    try {
      return NameConstraintRules.of(path);
    } catch (RefusedInput unreadable) {
      throw new IllegalStateException(
          "a certificate was imported that nobody can read", unreadable);
    }
  }

  /** How many authorities may stand below it; as many as one likes when there is no limit. */
  int authoritiesBelow() {
    return path.isEmpty() ? Integer.MAX_VALUE : path.getFirst().getBasicConstraints();
  }
}
