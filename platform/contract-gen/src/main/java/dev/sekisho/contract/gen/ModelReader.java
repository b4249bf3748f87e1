package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads a service's model out of the models jar and lays our overlay over it. */
final class ModelReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @param source for example {@code kms-2014-11-01}, or the name of a client's interface
   * @param overlay a file in the model's own syntax; it need not exist
   */
  static ObjectNode read(String source, Path overlay) throws IOException {
    ObjectNode model = source.indexOf('.') < 0 ? published(source) : SdkModel.read(source);
    if (Files.exists(overlay)) {
      merge(model, (ObjectNode) JSON.readTree(overlay.toFile()));
    }
    return model;
  }

  private static ObjectNode published(String source) throws IOException {
    String path = "/models/" + source + "-model.json";
    try (InputStream stream = ModelReader.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IOException("the models jar has no " + path);
      }
      return (ObjectNode) JSON.readTree(stream);
    }
  }

  /** Objects merge member by member, null takes a member away, all else replaces. */
  private static void merge(ObjectNode base, ObjectNode over) {
    for (Map.Entry<String, JsonNode> entry : over.properties()) {
      JsonNode below = base.get(entry.getKey());
      if (entry.getValue().isNull()) {
        base.remove(entry.getKey());
      } else if (below instanceof ObjectNode object
          && entry.getValue() instanceof ObjectNode more) {
        merge(object, more);
      } else {
        base.set(entry.getKey(), entry.getValue());
      }
    }
  }
}
