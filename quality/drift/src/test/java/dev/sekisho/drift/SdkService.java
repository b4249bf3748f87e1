package dev.sekisho.drift;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;

/** A service as its client's classes show it. */
record SdkService(Class<?> client) {

  /** Its operations by their names on the wire. */
  Map<String, SdkOperation> operations() throws ReflectiveOperationException {
    Map<String, SdkOperation> found = new TreeMap<>();
    for (Method method : client.getMethods()) {
      if (method.getParameterCount() == 1) {
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

  /** The members of one of its structures. */
  static List<SdkField<?>> fields(Class<?> structure) throws ReflectiveOperationException {
    Field field = structure.getDeclaredField("SDK_FIELDS");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    List<SdkField<?>> fields = (List<SdkField<?>>) field.get(null);
    return fields;
  }
}
