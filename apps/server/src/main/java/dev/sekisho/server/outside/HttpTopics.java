package dev.sekisho.server.outside;

import dev.sekisho.cloudtrail.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Topics that each have one HTTPS endpoint, as the server's options say. */
public final class HttpTopics implements Topics {

  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Map<String, URI> endpoints;
  private final HttpClient http = OutgoingHttp.client();

  /**
   * @param endpoints by the ARN of their topic
   */
  public HttpTopics(Map<String, URI> endpoints) {
    this.endpoints = Map.copyOf(endpoints);
  }

  @Override
  public boolean has(String topicArn) {
    return endpoints.containsKey(topicArn);
  }

  @Override
  public void send(String topicArn, String json) throws UndeliveredException {
    URI endpoint = endpoints.get(topicArn);
    if (endpoint == null) {
      throw new UndeliveredException("NotFound");
    }
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(ANSWER)
            .header("content-type", "text/plain; charset=UTF-8")
            .header("x-amz-sns-message-type", "Notification")
            .header("x-amz-sns-topic-arn", topicArn)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new UndeliveredException("HTTP " + status);
      }
    } catch (IOException unreachable) {
      throw new UndeliveredException("EndpointUnreachable");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UndeliveredException("Interrupted");
    }
  }
}
