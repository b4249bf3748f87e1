package dev.sekisho.wire.http;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;

/**
 * An HTTP/1.1 connection that knows how its current request comes in.
 *
 * <p>Silence alone is not enough of a measure: a peer that sends one byte every few seconds is
 * never silent and never done. Written by the thread that parses, read by {@link Pace}.
 */
final class PacedConnection extends HttpConnection {

  private enum Phase {
    /** A request has come whole, or none has been looked for. */
    NOTHING_EXPECTED,
    /** A request is looked for; it has begun once the parser has left its start. */
    HEAD,
    BODY
  }

  private final HttpLimits limits;
  private volatile Phase phase = Phase.NOTHING_EXPECTED;
  private volatile long since;
  private final AtomicLong received = new AtomicLong();

  PacedConnection(
      HttpLimits limits, HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
    super(configuration, connector, endPoint);
    this.limits = limits;
  }

  @Override
  protected RequestHandler newRequestHandler() {
    return new PacedRequestHandler();
  }

  /** Whether no request is on its way in or being answered. */
  boolean isIdle() {
    boolean begun = phase == Phase.BODY || (phase == Phase.HEAD && !getParser().isStart());
    return !begun && getHttpChannel().getRequest() == null;
  }

  /** Ends what takes too long: the connection, or the reading of the body, which answers 408. */
  void enforce() {
    switch (phase) {
      case HEAD -> {
        if (getParser().isStart()) {
          since = NanoTime.now();
        } else if (elapsed() > limits.headTime().toMillis()) {
          getEndPoint().close();
        }
      }
      case BODY -> {
        long late = elapsed() - limits.bodyGrace().toMillis();
        if (late > 0 && received.get() < late * limits.bytesPerSecond() / 1_000) {
          onIdleExpired(new TimeoutException("the body arrives too slowly"));
        }
      }
      case NOTHING_EXPECTED -> {}
    }
  }

  private long elapsed() {
    return TimeUnit.NANOSECONDS.toMillis(NanoTime.since(since));
  }

  private void enter(Phase next) {
    since = NanoTime.now();
    phase = next;
  }

  private final class PacedRequestHandler extends RequestHandler {

    @Override
    public void messageBegin() {
      enter(Phase.HEAD);
      super.messageBegin();
    }

    @Override
    public boolean headerComplete() {
      received.set(0);
      enter(Phase.BODY);
      return super.headerComplete();
    }

    @Override
    public boolean content(ByteBuffer buffer) {
      received.addAndGet(buffer.remaining());
      return super.content(buffer);
    }

    @Override
    public boolean messageComplete() {
      phase = Phase.NOTHING_EXPECTED;
      return super.messageComplete();
    }

    @Override
    public void badMessage(HttpException failure) {
      phase = Phase.NOTHING_EXPECTED;
      super.badMessage(failure);
    }

    @Override
    public void earlyEOF() {
      phase = Phase.NOTHING_EXPECTED;
      super.earlyEOF();
    }
  }
}
