package dev.sekisho.wire.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Looks after every connection twice a second and ends what comes in too slowly.
 *
 * <p>One look at all of them costs less than a timer for each request.
 */
final class Pace extends AbstractLifeCycle {

  private static final long EVERY_MILLIS = 500;
  private static final long EVERY_MILLIS_AT_STOP = 10;

  private final AbstractConnector connector;
  private volatile Scheduler.@Nullable Task next;
  private volatile boolean stopping;

  Pace(AbstractConnector connector) {
    this.connector = connector;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    cancel();
  }

  private void cancel() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private void schedule() {
    next =
        connector
            .getScheduler()
            .schedule(
                this::look, stopping ? EVERY_MILLIS_AT_STOP : EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      if (endPoint.getConnection() instanceof PacedConnection connection) {
        if (stopping && connection.isIdle()) {
          endPoint.close();
        } else {
          connection.enforce();
        }
      }
    }
    if (isRunning()) {
      schedule();
    }
  }

  /** From now on closes each connection as soon as no request is on its way over it. */
  void closeIdle() {
    stopping = true;
    cancel();
    look();
  }
}
