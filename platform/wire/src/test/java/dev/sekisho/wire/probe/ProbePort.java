package dev.sekisho.wire.probe;

import dev.sekisho.contract.Protocol;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Principal;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.ApiPipeline;
import dev.sekisho.wire.Authentication;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.http.ApiServer;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.routing.Router;
import dev.sekisho.wire.signature.FailedSignatures;
import dev.sekisho.wire.signature.SignatureVerifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The probe behind a real port on 127.0.0.1, in all six protocols. */
public final class ProbePort implements AutoCloseable {

  public static final AccountId ACCOUNT = new AccountId("111122223333");
  public static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  public static final String STAMP = "20260304T050607Z";
  public static final String KEY_ID = "AKIAPROBEPROBEPROBE1";
  public static final String SECRET = "probe-secret-0123456789";

  /** The user who may do nothing. */
  public static final String DENIED_KEY_ID = "AKIAPROBEPROBEPROBE2";

  public final Probe probe = new Probe();
  public final MemoryLedger ledger = new MemoryLedger();
  private final ApiServer server;
  private final URI address;

  public ProbePort(HttpLimits limits) {
    this(limits, ServiceRules.USUAL);
  }

  public ProbePort(HttpLimits limits, ServiceRules rules) {
    this(limits, rules, 0);
  }

  public ProbePort(HttpLimits limits, int port) {
    this(limits, ServiceRules.USUAL, port);
  }

  private ProbePort(HttpLimits limits, ServiceRules rules, int port) {
    List<ServiceBinding<?>> services = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      services.add(new ServiceBinding<>(Probe.model(protocol, name(protocol)), probe, rules));
    }
    InstantSource clock = InstantSource.fixed(NOW);
    ApiPipeline pipeline =
        new ApiPipeline(
            new Router(services),
            new Authentication(
                new SignatureVerifier(ProbePort::resolve, clock),
                // Probes fail by the thousand.
                new FailedSignatures(clock, _ -> {}),
                Set.of("us-east-1", "eu-west-1"),
                "us-east-1"),
            new NameAuthorizer(),
            ledger,
            clock,
            Randomness.system(),
            ACCOUNT);
    server = new ApiServer("127.0.0.1", port, limits, pipeline, _ -> null, Randomness.system());
    address = server.start();
  }

  /** The probe's name when it speaks the protocol. */
  public static String name(Protocol protocol) {
    return switch (protocol) {
      case AWS_JSON_1_0 -> "probejson10";
      case AWS_JSON_1_1 -> "probejson";
      case QUERY -> "probequery";
      case EC2_QUERY -> "probeec2";
      case REST_JSON -> "proberest";
      case REST_XML -> "probexml";
    };
  }

  private static PrincipalResolver.Resolution resolve(String keyId, String token) {
    return switch (keyId) {
      case KEY_ID, DENIED_KEY_ID ->
          new PrincipalResolver.Resolution.Known(
              new Caller(
                  new Principal.User(
                      ACCOUNT, "/", keyId.equals(KEY_ID) ? "good" : "denied", "AIDAPROBE"),
                  keyId,
                  null),
              Secret.of(SECRET));
      case "ASIAEXPIRED" -> new PrincipalResolver.Resolution.Expired();
      default -> new PrincipalResolver.Resolution.Unknown();
    };
  }

  private static final class NameAuthorizer extends Authorizer {
    @Override
    protected void require(RequestContext context, AccessCheck check) {
      if (!(context.caller().principal() instanceof Principal.User user)
          || !user.name().equals("good")) {
        throw new ServiceException("AccessDenied", 403, "not allowed: " + check.action());
      }
    }
  }

  public static Signer signer(Protocol protocol) {
    return new Signer(KEY_ID, SECRET, "us-east-1", name(protocol), STAMP);
  }

  /** A good, signed request for the operation, as it goes over the wire. */
  public static String request(Protocol protocol, String operation, String body) {
    return request(signer(protocol), protocol, operation, body);
  }

  public static String request(Signer signer, Protocol protocol, String operation, String body) {
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1 ->
          signed(
              signer,
              "/",
              body,
              "content-type",
              protocol == Protocol.AWS_JSON_1_0
                  ? "application/x-amz-json-1.0"
                  : "application/x-amz-json-1.1",
              "x-amz-target",
              name(protocol) + "." + operation);
      case QUERY, EC2_QUERY ->
          signed(
              signer,
              "/",
              "Action="
                  + operation
                  + "&Version=2026-01-01-"
                  + name(protocol)
                  + (body.isEmpty() ? "" : "&" + body),
              "content-type",
              "application/x-www-form-urlencoded");
      case REST_JSON ->
          signed(signer, "/" + path(operation), body, "content-type", "application/json");
      case REST_XML ->
          signed(signer, "/" + path(operation), body, "content-type", "application/xml");
    };
  }

  private static String path(String operation) {
    return operation.toLowerCase(java.util.Locale.ROOT);
  }

  /** A signed POST with these further headers, given as name, value, name, value. */
  public static String signed(Signer signer, String path, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    TreeMap<String, String> fields = new TreeMap<>();
    fields.put("host", "127.0.0.1");
    fields.put("x-amz-date", signer.time());
    for (int i = 0; i < headers.length; i += 2) {
      fields.put(headers[i], headers[i + 1]);
    }
    String authorization = signer.authorization("POST", path, "", fields, bytes);
    StringBuilder request = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\n");
    fields.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("authorization: ").append(authorization).append("\r\n");
    request.append("content-length: ").append(bytes.length).append("\r\n\r\n");
    return request.append(body).toString();
  }

  public URI address() {
    return address;
  }

  public RawConnection connect() throws java.io.IOException {
    return new RawConnection(address);
  }

  /** Sends the request over a connection of its own and reads one answer. */
  public RawConnection.Answer send(String request) throws java.io.IOException {
    try (RawConnection connection = connect()) {
      return connection.send(request).answer();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
