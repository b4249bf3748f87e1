package dev.sekisho.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server on 127.0.0.1 that knows aliases and nothing else (RFC 1035, over UDP). */
final class DnsServer implements AutoCloseable {

  private static final String SILENT = "";
  private static final int CNAME = 5;
  private static final int RESPONSE = 0x8400;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket socket;
  private final Map<String, String> aliases = new ConcurrentHashMap<>();

  DnsServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("dns").start(this::serve);
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort());
  }

  /** Both names end with a dot. */
  void alias(String name, String target) {
    aliases.put(name, target);
  }

  void forget(String name) {
    aliases.remove(name);
  }

  /** Leaves questions for the name unanswered until it has an alias. */
  void silence(String name) {
    aliases.put(name, SILENT);
  }

  private void serve() {
    byte[] buffer = new byte[1_500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private byte[] answer(ByteBuffer query) throws IOException {
    short id = query.getShort();
    query.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length != 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(new String(label, StandardCharsets.US_ASCII)).append('.');
    }
    short type = query.getShort();
    String target = type == CNAME ? aliases.get(name.toString()) : null;
    if (SILENT.equals(target)) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(target == null ? RESPONSE | NO_SUCH_NAME : RESPONSE);
    out.writeShort(1);
    out.writeShort(target == null ? 0 : 1);
    out.writeInt(0);
    out.write(encoded(name.toString()));
    out.writeShort(type);
    out.writeShort(1);
    if (target != null) {
      byte[] data = encoded(target);
      out.write(encoded(name.toString()));
      out.writeShort(CNAME);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(data.length);
      out.write(data);
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      bytes.write(label.length());
      bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
