package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.CrlConfiguration;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.x509.RevocationList;
import dev.sekisho.crypto.x509.RevocationReason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes the lists of what authorities have revoked, to their buckets and for whoever asks. */
final class RevocationLists {

  private static final System.Logger LOG = System.getLogger(RevocationLists.class.getName());
  private static final Duration RETRY = Duration.ofMinutes(15);
  private static final int BATCH = 20;

  private final AcmPcaContext context;
  private final AuthorityKeys keys;
  private final Places places;

  RevocationLists(AcmPcaContext context, AuthorityKeys keys, Places places) {
    this.context = context;
    this.keys = keys;
    this.places = places;
  }

  /** Puts what is due into the buckets. One that does not take its list is asked again later. */
  void publish(Instant now) {
    for (StoredAuthority authority :
        context.database().read(handle -> AuthorityStore.listsDue(handle, now, BATCH))) {
      Instant next = publish(authority, now);
      context
          .database()
          .write(transaction -> {
            AuthorityStore.setListsDue(transaction, authority.arn(), next);
            return authority;
          });
    }
  }

  private Instant publish(StoredAuthority authority, Instant now) {
    CrlConfiguration lists = Objects.requireNonNull(authority.lists());
    try {
      for (long part = 0; part <= lastPart(authority); part++) {
        Blob list = write(authority, part, now);
        context
            .objects()
            .put(
                authority.sender(),
                new ObjectStore.Upload(
                    Objects.requireNonNull(lists.s3BucketName()),
                    Places.key(authority, part),
                    list,
                    "application/x-pkcs7-crl",
                    null,
                    Map.of(),
                    null));
      }
      return now.plus(life(lists).dividedBy(2));
    } catch (ServiceException refused) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the revocation list of {0} is not taken: {1}",
          authority.arn(),
          refused.code());
      return now.plus(RETRY);
    }
  }

  private static long lastPart(StoredAuthority authority) {
    return authority.hasPartitionedLists() ? authority.issued() / Issuing.PART : 0;
  }

  private static Duration life(CrlConfiguration lists) {
    return Duration.ofDays(Objects.requireNonNull(lists.expirationInDays()));
  }

  /**
   * The list as it was written last, in DER. Whoever asks makes nobody sign.
   *
   * @param file what follows {@code crl/} in its address
   */
  Optional<Blob> current(String file) {
    String name = file.endsWith(".crl") ? file.substring(0, file.length() - ".crl".length()) : "";
    int slash = name.indexOf('/');
    String id = slash < 0 ? name : name.substring(0, slash);
    long part = slash < 0 ? 0 : part(name.substring(slash + 1));
    return context
        .database()
        .read(handle ->
            AuthorityStore.byId(handle, id)
                .filter(authority -> !authority.isDeleted() && authority.lists() != null)
                .flatMap(authority -> ListStore.find(handle, authority.arn(), part)));
  }

  private static long part(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
  }

  private Blob write(StoredAuthority authority, long part, Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    boolean parts = authority.hasPartitionedLists();
    // The number first: whoever has a greater one has seen at least as much.
    long number =
        context
            .database()
            .write(transaction -> AuthorityStore.nextListNumber(transaction, authority.arn()));
    List<RevocationList.Entry> entries =
        context
            .database()
            .read(handle ->
                CertificateStore.revoked(handle, authority.arn(), parts ? part : -1, second))
            .stream()
            .map(each ->
                new RevocationList.Entry(
                    new BigInteger(each.serial(), 16),
                    Objects.requireNonNull(each.revokedAt()),
                    RevocationReason.valueOf(Objects.requireNonNull(each.reason()))))
            .toList();
    Blob list =
        Blob.of(
            new RevocationList(
                    number,
                    second,
                    second.plus(life(Objects.requireNonNull(authority.lists()))),
                    entries,
                    parts ? places.list(authority, part) : null)
                .sign(keys.open(authority).issuer()));
    context
        .database()
        .write(transaction -> {
          ListStore.put(transaction, authority.arn(), part, number, list);
          return list;
        });
    return list;
  }
}
