package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.KeyListEntry;
import dev.sekisho.contract.kms.ListKeysRequest;
import dev.sekisho.contract.kms.ListKeysResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Markers.Page;
import dev.sekisho.store.Database;
import java.util.List;
import java.util.function.Function;

/** Lists the caller's keys in a Region. */
final class ListKeys {

  private static final int USUAL_LIMIT = 100;

  private final Database database;
  private final KeyStore store;
  private final Markers markers;

  ListKeys(Database database, KeyStore store, Markers markers) {
    this.database = database;
    this.store = store;
    this.markers = markers;
  }

  Guarded<ListKeysResponse> handle(Call<ListKeysRequest> call) {
    return Guarded.by(
        KeyAccess.ofAny(call, "kms:ListKeys"),
        _ -> {
          int limit = requireNonNullElse(call.input().limit(), USUAL_LIMIT);
          Page<String> page =
              markers.page(
                  call,
                  "",
                  call.input().marker(),
                  limit,
                  (after, most) -> ids(call, after, most),
                  Function.identity());
          return Outcome.answer(
              ListKeysResponse.builder()
                  .keys(page.items().stream().map(id -> entry(call, id)).toList())
                  .truncated(page.truncated())
                  .nextMarker(page.next())
                  .build());
        });
  }

  private List<String> ids(Call<?> call, String after, int limit) {
    return database.read(handle ->
        store.ids(handle, call.account(), call.region(), after, call.context().time(), limit));
  }

  private static KeyListEntry entry(Call<?> call, String id) {
    KeyName name = new KeyName(call.account(), call.region(), id);
    return KeyListEntry.builder().keyId(id).keyArn(name.arn()).build();
  }
}
