package dev.sekisho.core;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a call: its caller, services on the caller's behalf, or a service by itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html">Forward
 *     access sessions</a>
 */
public sealed interface Origin {

  /**
   * The caller itself.
   *
   * @param referer the page that the caller says it comes from; anybody can say anything there
   */
  record Direct(@Nullable String referer) implements Origin {
    public Direct() {
      this(null);
    }
  }

  /**
   * Services on the caller's behalf.
   *
   * @param services for example {@code secretsmanager.amazonaws.com}; the last one sent the call
   */
  record Forwarded(List<String> services) implements Origin {
    /**
     * @throws IllegalArgumentException when there is no service
     */
    public Forwarded {
      if (services.isEmpty()) {
        throw new IllegalArgumentException("nobody forwarded the call");
      }
      services = List.copyOf(services);
    }
  }

  /**
   * A service by itself, which is then the caller, for one of its resources.
   *
   * @param resource what {@code aws:SourceArn} holds
   */
  record OwnAccord(Arn resource) implements Origin {}

  /** The service that sent the call on the caller's behalf, if one did. */
  default @Nullable String sender() {
    return this instanceof Forwarded forwarded ? forwarded.services().getLast() : null;
  }

  /** The origin of what the service sends because of a call of this origin. */
  default Origin then(String service) {
    return switch (this) {
      case Direct(var _) -> new Forwarded(List.of(service));
      case Forwarded(List<String> services) ->
          new Forwarded(Stream.concat(services.stream(), Stream.of(service)).toList());
      case OwnAccord own -> own;
    };
  }
}
