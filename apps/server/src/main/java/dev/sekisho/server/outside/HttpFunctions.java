package dev.sekisho.server.outside;

import dev.sekisho.core.Arn;
import dev.sekisho.secretsmanager.RotationFunctions;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Functions behind HTTP endpoints that speak the Invoke operation of Lambda's API: a Lambda runtime
 * emulator, or any web service.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class HttpFunctions implements RotationFunctions {

  /** Less than a claim on a rotation lasts. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int LONGEST_REASON = 1_024;

  /**
   * Where the functions of a pattern run.
   *
   * @param arns an ARN in which an asterisk stands for any text
   */
  public record Place(String arns, URI endpoint) {

    boolean has(String arn) {
      return arn.matches(Pattern.quote(arns).replace("*", "\\E.*\\Q"));
    }
  }

  private final List<Place> places;
  private final @Nullable RequestSigner signer;
  private final InstantSource machineTime;
  private final HttpClient http = OutgoingHttp.client();

  /**
   * @param places the first whose pattern fits is asked
   * @param signer null to send requests unsigned
   */
  public HttpFunctions(
      List<Place> places, @Nullable RequestSigner signer, InstantSource machineTime) {
    this.places = List.copyOf(places);
    this.signer = signer;
    this.machineTime = machineTime;
  }

  @Override
  public boolean has(String arn) {
    return place(arn).isPresent();
  }

  private Optional<Place> place(String arn) {
    return places.stream().filter(place -> place.has(arn)).findFirst();
  }

  @Override
  public void invoke(String arn, String event) throws FailedException {
    URI endpoint =
        place(arn).orElseThrow(() -> new FailedException("no endpoint has " + arn)).endpoint();
    try {
      HttpResponse<String> answer =
          http.send(request(endpoint, arn, event), HttpResponse.BodyHandlers.ofString());
      Optional<String> error = answer.headers().firstValue("x-amz-function-error");
      if (answer.statusCode() / 100 != 2 || error.isPresent()) {
        throw new FailedException(
            shortened(error.orElse("HTTP " + answer.statusCode()) + ": " + answer.body().strip()));
      }
    } catch (IOException unreachable) {
      throw new FailedException("the function cannot be reached at " + endpoint.getAuthority());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FailedException("Sekisho was stopped");
    }
  }

  private HttpRequest request(URI endpoint, String arn, String event) {
    String name = URLEncoder.encode(arn, StandardCharsets.UTF_8);
    String path = "/2015-03-31/functions/" + name + "/invocations";
    byte[] body = event.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>(Map.of("content-type", "application/json"));
    if (signer != null) {
      headers.putAll(
          signer.rest(
              "POST",
              path,
              endpoint.getAuthority(),
              Arn.parse(arn).region(),
              "lambda",
              machineTime.instant(),
              headers,
              body));
      // The client says this by itself.
      headers.remove("host");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(ANSWER)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return request.build();
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }
}
