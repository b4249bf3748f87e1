package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.CrlConfiguration;
import dev.sekisho.contract.acmpca.OcspConfiguration;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where revocation lists and the OCSP responder are: in the bucket by S3's keys, at Sekisho's own
 * port, and under which address certificates name them.
 *
 * @param address where the server listens
 */
record Places(Supplier<URI> address) {

  /** What the paths of revocation lists at the server's port follow. */
  static final String PATH = "/_sekisho/pki/";

  /** The key of a list in the bucket. */
  static String key(StoredAuthority authority, long part) {
    CrlConfiguration lists = Objects.requireNonNull(authority.lists());
    String path = lists.customPath();
    // A slash alone means the bucket's top.
    String folder = path == null || path.isEmpty() ? "crl/" : path.equals("/") ? "" : path + '/';
    return authority.hasPartitionedLists()
        ? folder + authority.id() + '/' + part + ".crl"
        : folder + authority.id() + ".crl";
  }

  /** The address of a list as certificates name it. */
  String list(StoredAuthority authority, long part) {
    CrlConfiguration lists = Objects.requireNonNull(authority.lists());
    String name = lists.customCname();
    return isGiven(name)
        ? "http://" + name + '/' + key(authority, part)
        : own("crl/" + authority.id() + (authority.hasPartitionedLists() ? "/" + part : ""))
            + ".crl";
  }

  /** The address of the responder as certificates name it. */
  String ocsp(StoredAuthority authority) {
    OcspConfiguration ocsp = Objects.requireNonNull(authority.ocsp());
    String name = ocsp.ocspCustomCname();
    return isGiven(name) ? "http://" + name : own("ocsp/" + authority.id());
  }

  private static boolean isGiven(@Nullable String name) {
    return name != null && !name.isEmpty();
  }

  private String own(String path) {
    return address.get().resolve(PATH + path).toString();
  }
}
