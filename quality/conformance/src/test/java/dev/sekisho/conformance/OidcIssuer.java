package dev.sekisho.conformance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A real OpenID Connect issuer: a server over HTTPS with an authority of its own. */
final class OidcIssuer implements AutoCloseable {

  private final HttpsServer server;
  private final X509Certificate authority;
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<JWK> published = new ArrayList<>();
  private volatile String keys = "{\"keys\":[]}";
  private volatile String issuer;
  private RSAKey rsa;
  private final ECKey curve;

  OidcIssuer() throws IOException, GeneralSecurityException, JOSEException {
    KeyPair authorityKeys = TestCertificates.rsa();
    authority = TestCertificates.authority("CN=Issuer authority", authorityKeys);
    KeyPair serverKeys = TestCertificates.rsa();
    X509Certificate certificate =
        TestCertificates.server("127.0.0.1", serverKeys, authority, authorityKeys);
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(serverKeys, certificate, authority)));
    issuer = url();
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange, "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + url() + "/keys\"}"));
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          answer(exchange, keys);
        });
    server.start();
    rsa = new RSAKeyGenerator(2048).keyID("first").generate();
    curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    publish(rsa, curve);
  }

  private static SSLContext context(
      KeyPair keys, X509Certificate certificate, X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", keys.getPrivate(), new char[0], new X509Certificate[] {certificate, authority});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The URL without its scheme. */
  String name() {
    return url().substring("https://".length());
  }

  String thumbprint() throws GeneralSecurityException {
    return TestCertificates.thumbprint(authority);
  }

  RSAKey rsa() {
    return rsa;
  }

  ECKey curve() {
    return curve;
  }

  int fetches() {
    return fetches.get();
  }

  /** Signs with a new key from now on; the old one is gone. */
  void rotate() throws JOSEException {
    rsa = new RSAKeyGenerator(2048).keyID("second").generate();
    publish(rsa, curve);
  }

  void publish(JWK... all) {
    published.clear();
    published.addAll(List.of(all));
    keys = new JWKSet(published).toString();
  }

  /** Publishes whatever it is. */
  void publishText(String text) {
    keys = text;
  }

  void callItself(String other) {
    issuer = other;
  }

  String token(JWTClaimsSet claims) throws JOSEException {
    return sign(
        JWSAlgorithm.RS256,
        "first".equals(rsa.getKeyID()) ? "first" : rsa.getKeyID(),
        new RSASSASigner(rsa),
        claims);
  }

  String curveToken(JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.ES256, curve.getKeyID(), new ECDSASigner(curve), claims);
  }

  static String sign(JWSAlgorithm algorithm, String kid, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(kid).type(JOSEObjectType.JWT).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
