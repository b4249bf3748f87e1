package dev.sekisho.acm;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of what has to be proved, and by which entries in DNS. */
final class ValidationStore {

  private static final String WILDCARD = "*.";
  private static final String HEX = "0123456789abcdef";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final int LABEL = 32;
  private static final int ZONE = 10;

  private ValidationStore() {}

  /** The name without its wildcard: both are proved by the same entry. */
  static String base(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(WILDCARD) ? lower.substring(WILDCARD.length()) : lower;
  }

  /** The challenge of a name, which an account keeps for ever once it was made. */
  static Challenge challenge(
      Transaction transaction, AccountId account, String name, Randomness randomness) {
    Handle handle = StoreTransaction.handle(transaction);
    String base = base(name);
    Optional<Challenge> known = find(handle, account, base);
    if (known.isPresent()) {
      return known.get();
    }
    Challenge made =
        new Challenge(
            base,
            '_' + randomness.text(HEX, LABEL),
            '_'
                + randomness.text(HEX, LABEL)
                + '.'
                + randomness.text(LETTERS, ZONE)
                + ".acm-validations.aws.");
    handle.execute(
        "insert into acm_challenge (account, name, label, target) values (?, ?, ?, ?)",
        account.value(),
        base,
        made.label(),
        made.target());
    return made;
  }

  static Optional<Challenge> find(Handle handle, AccountId account, String name) {
    return handle
        .createQuery(
            "select label, target from acm_challenge where account = :account and name = :name")
        .bind("account", account.value())
        .bind("name", base(name))
        .map((row, _) -> new Challenge(base(name), row.getString(1), row.getString(2)))
        .findOne();
  }

  /** Asks anew for all names to be proved. */
  static void begin(Transaction transaction, String certificate, List<String> names) {
    names.forEach(name -> set(transaction, certificate, name, "PENDING_VALIDATION"));
  }

  static void set(Transaction transaction, String certificate, String name, String status) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into acm_validation (certificate, name, status) values (?, ?, ?)"
                + " on conflict (certificate, name) do update set status = excluded.status",
            certificate,
            name,
            status);
  }

  /** How far each name is. */
  static Map<String, String> of(Handle handle, String certificate) {
    Map<String, String> statuses = new LinkedHashMap<>();
    handle
        .createQuery("select name, status from acm_validation where certificate = :certificate")
        .bind("certificate", certificate)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(each -> statuses.put(each.getKey(), each.getValue()));
    return statuses;
  }
}
