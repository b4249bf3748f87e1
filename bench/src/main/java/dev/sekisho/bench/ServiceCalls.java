package dev.sekisho.bench;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Signed requests for a server, and whatever keys they need. */
final class ServiceCalls {

  private final URI address;
  private final RequestSigner signer;
  private final String key;

  ServiceCalls(URI address, String id, Secret secret) {
    this.address = address;
    this.signer = new RequestSigner(id, secret, null);
    this.key = newKey("{}");
  }

  byte[] encrypt() {
    return kms("Encrypt", "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"c2VjcmV0\"}");
  }

  byte[] decrypt() {
    String sealed = value(call(encrypt()), "CiphertextBlob");
    return kms("Decrypt", "{\"CiphertextBlob\":\"" + sealed + "\"}");
  }

  byte[] generateDataKey() {
    return kms("GenerateDataKey", "{\"KeyId\":\"" + key + "\",\"KeySpec\":\"AES_256\"}");
  }

  byte[] sign(String spec, String algorithm) {
    String pair = newKey("{\"KeySpec\":\"" + spec + "\",\"KeyUsage\":\"SIGN_VERIFY\"}");
    return kms(
        "Sign",
        "{\"KeyId\":\""
            + pair
            + "\",\"Message\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\","
            + "\"SigningAlgorithm\":\""
            + algorithm
            + "\"}");
  }

  /** Makes a secret and gives the request that reads it. */
  byte[] getSecretValue() {
    call(secretsManager("CreateSecret", "{\"Name\":\"measured\",\"SecretString\":\"secret\"}"));
    return secretsManager("GetSecretValue", "{\"SecretId\":\"measured\"}");
  }

  /** Makes a root authority and gives the request for a certificate of a P-256 key. */
  byte[] issueCertificate() {
    String authority =
        value(
            call(
                privateAuthority(
                    "CreateCertificateAuthority",
                    """
                    {"CertificateAuthorityType":"ROOT","CertificateAuthorityConfiguration":{
                     "KeyAlgorithm":"EC_prime256v1","SigningAlgorithm":"SHA256WITHECDSA",
                     "Subject":{"CommonName":"measured"}}}\
                    """)),
            "CertificateAuthorityArn");
    String named = "{\"CertificateAuthorityArn\":\"" + authority + "\"";
    String csr = value(call(privateAuthority("GetCertificateAuthorityCsr", named + "}")), "Csr");
    String own =
        value(
            call(
                privateAuthority(
                    "IssueCertificate",
                    named
                        + issue(csr, 3_650)
                        + ",\"TemplateArn\":\"arn:aws:acm-pca:::template/RootCACertificate/V1\"}")),
            "CertificateArn");
    String certificate =
        value(
            call(
                privateAuthority("GetCertificate", named + ",\"CertificateArn\":\"" + own + "\"}")),
            "Certificate");
    var _ =
        call(
            privateAuthority(
                "ImportCertificateAuthorityCertificate",
                named + ",\"Certificate\":\"" + base64(certificate) + "\"}"));
    return privateAuthority("IssueCertificate", named + issue(csr, 30) + "}");
  }

  private static String issue(String csr, int days) {
    return ",\"Csr\":\""
        + base64(csr)
        + "\",\"SigningAlgorithm\":\"SHA256WITHECDSA\",\"Validity\":{\"Type\":\"DAYS\",\"Value\":"
        + days
        + "}";
  }

  private static String base64(String pemInJson) {
    return Base64.getEncoder()
        .encodeToString(pemInJson.replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] privateAuthority(String operation, String body) {
    return json("acm-pca", "ACMPrivateCA." + operation, body);
  }

  private byte[] secretsManager(String operation, String body) {
    return json("secretsmanager", "secretsmanager." + operation, body);
  }

  /** Makes a key and says its id. */
  String newKey(String body) {
    return value(call(kms("CreateKey", body)), "KeyId");
  }

  private static String value(String answer, String name) {
    int at = answer.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return answer.substring(at, answer.indexOf('"', at));
  }

  private byte[] kms(String operation, String body) {
    return json("kms", "TrentService." + operation, body);
  }

  private byte[] json(String service, String target, String body) {
    return signed(
        service,
        Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target", target),
        body);
  }

  byte[] signed(String service, Map<String, String> headers, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder request = new StringBuilder("POST / HTTP/1.1\r\n");
    signer
        .post(
            address.getHost() + ":" + address.getPort(),
            "us-east-1",
            service,
            Instant.now(),
            headers,
            body)
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("content-length: ").append(body.length).append("\r\n\r\n").append(text);
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String call(byte[] request) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request);
      byte[] buffer = new byte[65_536];
      int length = 0;
      String answer = "";
      while (!answer.endsWith("}")) {
        int read = socket.getInputStream().read(buffer, length, buffer.length - length);
        if (read < 0) {
          break;
        }
        length += read;
        answer = new String(buffer, 0, length, StandardCharsets.UTF_8);
      }
      return answer;
    } catch (IOException failed) {
      throw new UncheckedIOException("the server does not answer", failed);
    }
  }
}
