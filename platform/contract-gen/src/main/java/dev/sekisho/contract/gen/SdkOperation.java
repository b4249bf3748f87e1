package dev.sekisho.contract.gen;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * An operation as its client's classes show it.
 *
 * @param request the class of its request, named as Java would have it
 */
public record SdkOperation(Class<?> request) {

  /**
   * A client's operations, by their names on the wire.
   *
   * @param client the client's interface
   */
  public static Map<String, SdkOperation> of(Class<?> client) throws ReflectiveOperationException {
    Map<String, SdkOperation> found = new TreeMap<>();
    for (Method method : client.getMethods()) {
      if (method.getParameterCount() > 0) {
        Class<?> parameter = method.getParameterTypes()[0];
        if (parameter.getPackageName().equals(client.getPackageName() + ".model")
            && parameter.getSimpleName().endsWith("Request")) {
          SdkOperation operation = new SdkOperation(parameter);
          found.put(operation.name(), operation);
        }
      }
    }
    return found;
  }

  /** The name on the wire, for example {@code AssumeRoleWithSAML}. */
  public String name() throws ReflectiveOperationException {
    String identifier = info().operationIdentifier();
    return identifier == null ? javaName() : identifier.substring(identifier.lastIndexOf('.') + 1);
  }

  /** The class of the answer. */
  public Class<?> response() throws ClassNotFoundException {
    return Class.forName(request.getPackageName() + '.' + javaName() + "Response");
  }

  /** How the client addresses it. */
  public OperationInfo info() throws ReflectiveOperationException {
    Field binding =
        Class.forName(
                request.getPackageName().replaceFirst("\\.model$", ".transform")
                    + '.'
                    + request.getSimpleName()
                    + "Marshaller")
            .getDeclaredField("SDK_OPERATION_BINDING");
    binding.setAccessible(true);
    return (OperationInfo) binding.get(null);
  }

  /** The members of one of the client's structures. */
  public static List<SdkField<?>> fields(Class<?> structure) throws ReflectiveOperationException {
    Field field = structure.getDeclaredField("SDK_FIELDS");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    List<SdkField<?>> fields = (List<SdkField<?>>) field.get(null);
    return fields;
  }

  private String javaName() {
    String name = request.getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }
}
