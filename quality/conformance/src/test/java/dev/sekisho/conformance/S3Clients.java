package dev.sekisho.conformance;

import dev.sekisho.testing.SekishoInstance;
import java.net.InetAddress;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 clients over Apache's HTTP client: the JDK's loses what an error says when the answer comes
 * before the body was sent.
 */
final class S3Clients {

  private S3Clients() {}

  /** Buckets are named in the path. */
  static S3Client of(SekishoInstance sekisho, AwsCredentials credentials) {
    return at(sekisho.address(), credentials, true);
  }

  /** Buckets are named in the host: {@code bucket.localhost}, which is this machine. */
  static S3Client hosted(SekishoInstance sekisho, AwsCredentials credentials) {
    return at(URI.create("http://localhost:" + sekisho.address().getPort()), credentials, false);
  }

  /** A client of a process. */
  static S3Client of(URI address, AwsCredentials credentials) {
    return at(address, credentials, true);
  }

  private static S3Client at(URI address, AwsCredentials credentials, boolean inPath) {
    return S3Client.builder()
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .dnsResolver(host ->
                    new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})}))
        .forcePathStyle(inPath)
        .build();
  }
}
