package dev.sekisho.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** nginx with a worker for each processor, which keeps files and gives them out. */
final class Nginx implements AutoCloseable {

  private final Process process;
  private final URI address;

  private Nginx(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it; null where it is not installed. */
  static @Nullable Nginx start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sekisho-nginx");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder.resolve("files"));
    Files.createDirectories(folder.resolve("incoming"));
    Path configuration =
        Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port));
    Process process;
    try {
      process =
          new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
    } catch (IOException notInstalled) {
      System.out.println("nginx is not installed, so there is nothing to compare with.\n");
      return null;
    }
    URI address = URI.create("http://127.0.0.1:" + port);
    while (process.isAlive()) {
      try (Socket _ = new Socket("127.0.0.1", port)) {
        return new Nginx(process, address);
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    throw new IOException("nginx ended: " + Files.readString(folder.resolve("out")));
  }

  private static String configuration(Path folder, int port) {
    String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
    return user
        + """
        daemon off;
        worker_processes auto;
        pid %1$s/pid;
        error_log %1$s/error.log;
        events { worker_connections 256; }
        http {
          access_log off;
          sendfile on;
          keepalive_requests 1000000;
          client_max_body_size 16m;
          client_body_temp_path %1$s/incoming;
          server {
            listen 127.0.0.1:%2$d;
            root %1$s/files;
            location / { dav_methods PUT; }
          }
        }
        """
            .formatted(folder, port);
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
