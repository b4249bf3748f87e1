package dev.sekisho.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What has to be done from time to time without anybody asking. A chore that fails is said in the
 * log and tried again the next time.
 */
final class Housekeeping implements AutoCloseable {

  /** Something to do, safe to do at any time and any number of times. */
  record Chore(String name, Runnable work) {}

  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

  private final List<Chore> chores;
  private final Duration between;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("housekeeping").daemon().unstarted(work));

  Housekeeping(List<Chore> chores, Duration between) {
    this.chores = List.copyOf(chores);
    this.between = between;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::doAll, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does every chore now. */
  void doAll() {
    for (Chore chore : chores) {
      try {
        chore.work().run();
      } catch (RuntimeException failed) {
        LOG.log(System.Logger.Level.ERROR, "the chore '" + chore.name() + "' failed", failed);
      }
    }
  }

  /** Lets a chore under way finish. */
  @Override
  public void close() {
    timer.close();
  }
}
