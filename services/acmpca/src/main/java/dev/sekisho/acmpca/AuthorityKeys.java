package dev.sekisho.acmpca;

import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.x509.CertificateSignature;
import dev.sekisho.crypto.x509.Issuer;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the authorities that were used last, opened. Safe for many threads.
 *
 * <p>What is remembered stays true: an ARN has one key for ever, and another certificate of an
 * authority has another number.
 */
final class AuthorityKeys {

  private static final int MOST = 256;

  private record Id(String arn, @Nullable String serial, CertificateSignature signature) {}

  private final AcmPcaContext context;
  private final AuthorityStore store;
  private final Map<Id, OpenAuthority> open =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, OpenAuthority> eldest) {
          return size() > MOST;
        }
      };

  AuthorityKeys(AcmPcaContext context) {
    this.context = context;
    this.store = new AuthorityStore(context.keyring());
  }

  static KeyPairSpec spec(StoredAuthority authority) {
    return KeyAlgorithms.spec(authority.configuration().keyAlgorithm());
  }

  /** The authority, signing as it was created to. */
  OpenAuthority open(StoredAuthority authority) {
    return open(
        authority,
        KeyAlgorithms.signature(spec(authority), authority.configuration().signingAlgorithm()));
  }

  OpenAuthority open(StoredAuthority authority, CertificateSignature signature) {
    StoredAuthority.Own own = authority.own();
    Id id = new Id(authority.arn(), own == null ? null : own.serial(), signature);
    OpenAuthority known;
    synchronized (open) {
      known = open.get(id);
    }
    if (known == null) {
      known = read(authority, signature);
      synchronized (open) {
        open.put(id, known);
      }
    }
    return Objects.requireNonNull(known);
  }

  /** Forgets the key of an authority that is gone. */
  void forget(String arn) {
    synchronized (open) {
      open.keySet().removeIf(id -> id.arn().equals(arn));
    }
  }

  private OpenAuthority read(StoredAuthority authority, CertificateSignature signature) {
    List<X509Certificate> path = OpenAuthority.path(authority);
    Issuer issuer =
        new Issuer(
            OpenAuthority.name(authority, path),
            context.database().read(handle -> store.key(handle, authority.arn(), spec(authority))),
            signature);
    return new OpenAuthority(issuer, path, OpenAuthority.constraints(path));
  }
}
