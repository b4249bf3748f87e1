package dev.sekisho.acmpca;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.core.Blob;
import dev.sekisho.core.PrivateAuthorities;
import dev.sekisho.crypto.x509.OcspAnswers;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SealedColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Private CA: one class per family of operations; the contract's list says which is in which. */
public final class AcmPcaService {

  /** Private CA's tables. */
  public static final Schema SCHEMA = new Schema(AcmPcaService.class, "acmpca", 1);

  /** What the keyring has sealed in them. */
  public static final List<SealedColumn> SEALED = AuthorityStore.SEALED;

  /** What the paths of revocation lists and responders follow. */
  public static final String PATH = Places.PATH;

  /** Bytes of the largest OCSP request that is read. */
  public static final int LARGEST_OCSP_REQUEST = OcspAnswers.LARGEST_REQUEST;

  private final AcmPcaContext context;
  private final AcmPcaApi api;
  private final AuthorityDeletion deletion;
  private final RevocationLists lists;
  private final Responder responder;

  public AcmPcaService(AcmPcaContext context) {
    this.context = context;
    AuthorityWork work = new AuthorityWork(context);
    AuthorityKeys keys = new AuthorityKeys(context);
    Places places = new Places(context.address());
    deletion = new AuthorityDeletion(work, keys);
    lists = new RevocationLists(context, keys, places);
    responder = new Responder(context, keys);
    api =
        new AcmPcaApi(
            new AuditReports(work),
            new Authorities(work),
            new AuthorityCertificates(work, keys),
            deletion,
            new Certificates(work, new Issuing(keys, new Drafts(places), context.randomness())),
            new Permissions(work),
            new ResourcePolicies(work),
            new Tagging(work));
  }

  public AcmPcaApi api() {
    return api;
  }

  /** These authorities as other services reach them. */
  public PrivateAuthorities authorities(InnerCalls calls) {
    return new ServiceAuthorities(context, api, calls);
  }

  /** Publishes what is due and lets go what may go, for the server to call now and then. */
  public void sweep(Instant now) {
    lists.publish(now);
    deletion.sweep(now);
  }

  /**
   * A revocation list in DER, as it was published last.
   *
   * @param file what follows {@code crl/} in its address
   */
  public Optional<Blob> revocationList(String file) {
    return lists.current(file);
  }

  /**
   * Answers an OCSP request in DER; RFC 6960 says what is answered to what is none.
   *
   * @param id of the authority, a UUID
   */
  public byte[] ocsp(String id, byte[] request) {
    return responder.answer(id, request, context.now());
  }
}
