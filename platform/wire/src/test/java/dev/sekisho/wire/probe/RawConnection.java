package dev.sekisho.wire.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket to the port, for what no HTTP client would send. */
public final class RawConnection implements AutoCloseable {

  /** Longer than any answer takes, shorter than the build's patience. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final PushbackInputStream in;

  public RawConnection(URI address) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new PushbackInputStream(socket.getInputStream());
  }

  /** One answer. */
  public record Answer(int status, boolean continued, Map<String, String> headers, String body) {

    private static final Pattern CODE =
        Pattern.compile("\"__type\":\"([^\"]*)\"|<Code>([^<]*)</Code>");

    /** The error's code, wherever the protocol puts it. */
    public String code() {
      Matcher found = CODE.matcher(body);
      if (!found.find()) {
        return header("x-amzn-errortype");
      }
      return found.group(1) == null ? found.group(2) : found.group(1);
    }

    public String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /** Sends each character as one byte. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more will be sent. */
  public RawConnection end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The next answer, or null when the peer closed the connection instead. */
  public Answer answer() throws IOException {
    String status;
    try {
      status = line();
    } catch (java.net.SocketException reset) {
      return null;
    }
    if (status == null) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int code = Integer.parseInt(status.split(" ")[1]);
    if (code == 100) {
      Answer last = answer();
      return last == null ? null : new Answer(last.status, true, last.headers, last.body);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return new Answer(code, false, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Whether the peer has closed, or closes before patience ends, without another byte. */
  public boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Whether the peer neither says anything nor closes for so long. */
  public boolean isSilentFor(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int first = in.read();
      if (first >= 0) {
        in.unread(first);
      }
      return false;
    } catch (SocketTimeoutException open) {
      return true;
    } catch (IOException reset) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        return null;
      }
      if (each != '\r') {
        line.write(each);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
