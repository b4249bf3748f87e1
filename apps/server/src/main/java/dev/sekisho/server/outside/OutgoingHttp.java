package dev.sekisho.server.outside;

import java.net.http.HttpClient;
import java.time.Duration;

/** How the server asks others: it goes where it was told to and nowhere else. */
final class OutgoingHttp {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private OutgoingHttp() {}

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }
}
