package dev.sekisho.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An encryption context as associated data: the same bytes whatever order its pairs came in. */
final class EncryptionContext {

  private EncryptionContext() {}

  /** The prefix, then each pair sorted by key, every text preceded by its length in bytes. */
  static byte[] bind(byte[] prefix, Map<String, String> context) {
    List<byte[]> texts = new ArrayList<>(context.size() * 2);
    int length = prefix.length + 4;
    for (Map.Entry<String, String> pair : new TreeMap<>(context).entrySet()) {
      for (String text : List.of(pair.getKey(), pair.getValue())) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts.add(bytes);
        length += 4 + bytes.length;
      }
    }
    ByteBuffer bound = ByteBuffer.allocate(length);
    bound.put(prefix).putInt(context.size());
    for (byte[] text : texts) {
      bound.putInt(text.length).put(text);
    }
    return bound.array();
  }
}
