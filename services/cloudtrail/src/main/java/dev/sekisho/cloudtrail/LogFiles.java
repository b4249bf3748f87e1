package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventConsumer;
import dev.sekisho.events.PositionedEvent;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans a trail's next log files.
 *
 * <p>INVARIANT: a file is planned, with its name and its bytes, in the transaction that passes over
 * its events. So each event is in one file exactly, and a file that has to be put again, after a
 * failure or a crash, is the same to the last byte.
 */
final class LogFiles {

  private static final int BATCH = 4_000;
  private static final int LARGEST = 40_000_000;
  private static final int UNIQUE = 16;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final Set<String> GLOBAL = Set.of("iam.amazonaws.com", "cloudfront.amazonaws.com");
  private static final String STS = "sts.amazonaws.com";
  private static final String GLOBAL_REGION = "us-east-1";

  /** Whose events a file has. */
  private record Group(String account, String region) {}

  private final CloudTrailContext context;

  LogFiles(CloudTrailContext context) {
    this.context = context;
  }

  /**
   * Plans files of the events that come next.
   *
   * @return whether there may be more to plan
   */
  boolean plan(StoredTrail trail, Instant now) {
    TrailPosition position = new TrailPosition(context.database(), trail);
    if (position.skip()) {
      return false;
    }
    EventConsumer.Batch batch = position.consumer().next(BATCH);
    if (batch.events().isEmpty()) {
      return false;
    }
    Pauses pauses = context.database().read(handle -> Pauses.of(handle, trail));
    Map<Group, List<Event>> groups = new LinkedHashMap<>();
    Map<String, Boolean> members = new HashMap<>();
    for (PositionedEvent each : batch.events()) {
      Event event = each.event();
      if (pauses.take(each.position())
          && members.computeIfAbsent(event.account(), account -> isOf(trail, account))
          && isWanted(trail, event)) {
        groups
            .computeIfAbsent(new Group(event.account(), event.region()), _ -> new ArrayList<>())
            .add(event);
      }
    }
    List<PlannedFile> files = new ArrayList<>();
    groups.forEach((group, events) -> files.addAll(files(trail, group, events, now)));
    boolean planned = keep(trail, position, batch, files, now);
    return !planned || batch.events().size() == BATCH;
  }

  private boolean isOf(StoredTrail trail, String account) {
    return trail.account().value().equals(account)
        || (trail.organization() != null
            && context
                .organizations()
                .administration(new AccountId(account), CloudTrailContext.SERVICE)
                .map(OrganizationDirectory.Administration::organizationId)
                .filter(trail.organization()::equals)
                .isPresent());
  }

  private static boolean isWanted(StoredTrail trail, Event event) {
    return trail.covers(event.region())
        && (trail.globalEvents() || !isGlobal(event))
        && trail.selectors().take(event);
  }

  private static boolean isGlobal(Event event) {
    return GLOBAL.contains(event.eventSource())
        || (event.eventSource().equals(STS) && event.region().equals(GLOBAL_REGION));
  }

  private List<PlannedFile> files(StoredTrail trail, Group group, List<Event> events, Instant now) {
    List<PlannedFile> files = new ArrayList<>();
    int begin = 0;
    int size = 0;
    for (int i = 0; i < events.size(); i++) {
      int length = events.get(i).record().length();
      if (size > 0 && size + length > LARGEST) {
        files.add(file(trail, group, events.subList(begin, i), now));
        begin = i;
        size = 0;
      }
      size += length;
    }
    files.add(file(trail, group, events.subList(begin, events.size()), now));
    return files;
  }

  private PlannedFile file(StoredTrail trail, Group group, List<Event> events, Instant now) {
    RecordsFile content = RecordsFile.of(events);
    return new PlannedFile(
        trail.id(),
        0,
        group.account(),
        group.region(),
        false,
        trail.target().bucket(),
        LogFileKeys.log(
            trail,
            group.account(),
            group.region(),
            now,
            context.randomness().text(ALPHABET, UNIQUE)),
        content.gzipped(),
        content.sha256(),
        null,
        null,
        events.stream().map(Event::time).min(Instant::compareTo).orElseThrow(),
        events.stream().map(Event::time).max(Instant::compareTo).orElseThrow(),
        null);
  }

  private boolean keep(
      StoredTrail trail,
      TrailPosition position,
      EventConsumer.Batch batch,
      List<PlannedFile> files,
      Instant now) {
    return context
        .database()
        .write(transaction -> {
          if (!position.isUnchanged(transaction)
              || !position.consumer().isNext(transaction, batch)) {
            return false;
          }
          long number = PlannedFiles.nextNumber(StoreTransaction.handle(transaction), trail.id());
          for (PlannedFile file : files) {
            PlannedFiles.insert(transaction, file.numbered(number++));
            if (trail.validation()) {
              Chain.begin(transaction, trail, file.account(), file.region(), now);
            }
          }
          position.consumer().commit(transaction, batch);
          return true;
        });
  }
}
