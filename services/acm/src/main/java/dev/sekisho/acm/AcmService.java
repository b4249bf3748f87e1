package dev.sekisho.acm;

import dev.sekisho.contract.acm.AcmApi;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SealedColumn;
import java.time.Instant;
import java.util.List;

/**
 * Certificate Manager: one class per family of operations; the contract's list says which is in
 * which.
 */
public final class AcmService {

  /** Certificate Manager's tables. */
  public static final Schema SCHEMA = new Schema(AcmService.class, "acm", 1);

  /** What the keyring has sealed in them. */
  public static final List<SealedColumn> SEALED =
      List.of(CertificateStore.SEALED, PublicAuthority.SEALED);

  private final AcmApi api;
  private final PublicAuthority publicAuthority;
  private final Validator validator;

  public AcmService(AcmContext context) {
    CertificateWork work = new CertificateWork(context);
    publicAuthority = new PublicAuthority(context);
    Issuance issuance = new Issuance(context, publicAuthority);
    validator = new Validator(context, issuance);
    api =
        new AcmApi(
            new AccountConfiguration(work),
            new CertificateLists(work),
            new HeldCertificates(work),
            new Imports(work),
            new Renewals(work),
            new Requests(work, issuance),
            new Revocation(work),
            new Tagging(work));
  }

  public AcmApi api() {
    return api;
  }

  /** Proves, issues and renews what is due, for the server to call often. */
  public void sweep(Instant now) {
    validator.run(now);
  }

  /** The certificate, in PEM, that clients have to trust so that public certificates count. */
  public String root() {
    return publicAuthority.root();
  }
}
