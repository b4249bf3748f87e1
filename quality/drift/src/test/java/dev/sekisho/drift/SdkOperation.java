package dev.sekisho.drift;

import dev.sekisho.contract.HttpBinding;
import java.lang.reflect.Field;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * An operation as its client's classes show it.
 *
 * @param request the class of its request, named as Java would have it
 */
record SdkOperation(Class<?> request) {

  /** The name on the wire, for example {@code AssumeRoleWithSAML}, and how it is addressed. */
  String name() throws ReflectiveOperationException {
    String identifier = info().operationIdentifier();
    return identifier == null ? javaName() : identifier.substring(identifier.lastIndexOf('.') + 1);
  }

  HttpBinding binding() throws ReflectiveOperationException {
    return new HttpBinding(info().httpMethod().name(), info().requestUri(), 200);
  }

  /** The class of the answer. */
  Class<?> response() throws ClassNotFoundException {
    return Class.forName(request.getPackageName() + '.' + javaName() + "Response");
  }

  private String javaName() {
    String name = request.getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }

  private OperationInfo info() throws ReflectiveOperationException {
    Class<?> marshaller =
        Class.forName(
            request.getPackageName().replaceFirst("\\.model$", ".transform")
                + '.'
                + request.getSimpleName()
                + "Marshaller");
    Field field = marshaller.getDeclaredField("SDK_OPERATION_BINDING");
    field.setAccessible(true);
    return (OperationInfo) field.get(null);
  }
}
