package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * Reads a service's model out of its client's classes, for S3, which the models jar lacks.
 *
 * <p>The classes tell operations, members, where they travel and what is required; they are silent
 * about status codes and answers that are streamed, which the overlay says.
 */
final class SdkModel {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Operations that only this header tells from others at the same address. */
  private static final String TELLING_HEADER = "x-amz-copy-source";

  private final String client;
  private final ObjectNode model = JSON.createObjectNode();
  private final SdkShapes shapes = new SdkShapes(model.putObject("shapes"));

  private SdkModel(String client) {
    this.client = client;
  }

  /**
   * Reads a model.
   *
   * @param client the name of the client's interface
   */
  static ObjectNode read(String client) throws IOException {
    try {
      return new SdkModel(client).read();
    } catch (ReflectiveOperationException changed) {
      throw new IOException("the client's classes are not as expected: " + client, changed);
    }
  }

  private ObjectNode read() throws ReflectiveOperationException {
    ObjectNode operations = model.putObject("operations");
    for (Map.Entry<String, SdkOperation> each : SdkOperation.of(Class.forName(client)).entrySet()) {
      operation(operations.putObject(each.getKey()), each.getKey(), each.getValue());
    }
    return model;
  }

  private void operation(ObjectNode operation, String name, SdkOperation theirs)
      throws ReflectiveOperationException {
    Class<?> request = theirs.request();
    Class<?> response = theirs.response();
    OperationInfo info = theirs.info();
    List<SdkField<?>> fields = SdkOperation.fields(request);
    operation.put("name", name);
    ObjectNode http = operation.putObject("http");
    http.put("method", info.httpMethod().name());
    http.put("requestUri", address(info.requestUri(), fields));
    fields.stream()
        .filter(SdkModel::isRequired)
        .filter(field -> field.locationName().equals(TELLING_HEADER))
        .forEach(field -> http.put("header", field.locationName()));
    operation.putObject("input").put("shape", shapes.structure(request));
    operation.putObject("output").put("shape", shapes.structure(response));
    payload(request, fields);
    payload(response, SdkOperation.fields(response));
    if (info.hasStreamingInput()) {
      ObjectNode shape = shapes.named(request.getSimpleName());
      shape.put("payload", "Body");
      ((ObjectNode) shape.get("members")).putObject("Body").put("shape", shapes.stream());
    }
  }

  private void payload(Class<?> structure, List<SdkField<?>> fields) {
    fields.stream()
        .filter(field -> field.getTrait(PayloadTrait.class) != null)
        .forEach(
            field -> shapes.named(structure.getSimpleName()).put("payload", field.memberName()));
  }

  /** Clients put the bucket into the host; the address has it as its first label. */
  private static String address(String client, List<SdkField<?>> fields) {
    boolean inBucket =
        fields.stream()
            .anyMatch(field ->
                field.locationName().equals("Bucket") && field.location() == MarshallLocation.PATH);
    String address = inBucket && !client.contains("{Bucket}") ? "/{Bucket}" + client : client;
    StringBuilder whole = new StringBuilder(address);
    for (SdkField<?> field : fields) {
      // A parameter that must be there tells UploadPart from PutObject.
      if (isRequired(field) && field.location() == MarshallLocation.QUERY_PARAM) {
        whole.append(whole.indexOf("?") < 0 ? '?' : '&').append(field.locationName());
      }
    }
    return whole.toString();
  }

  private static boolean isRequired(SdkField<?> field) {
    return field.getTrait(RequiredTrait.class) != null;
  }
}
