package dev.sekisho.server;

import dev.sekisho.secretsmanager.RotationFunctions;
import dev.sekisho.server.outside.CredentialsFile;
import dev.sekisho.server.outside.HttpFunctions;
import dev.sekisho.server.outside.OutsideAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where functions run that Sekisho's services call.
 *
 * @param places which functions run where; the first that fits is asked
 * @param credentials a file with the access key's id and, on the next line, its secret, by which
 *     calls are signed; null to leave them unsigned
 * @param rotation what the built-in functions may do
 */
public record FunctionOptions(
    List<HttpFunctions.Place> places, @Nullable Path credentials, RotationOptions rotation) {

  /** Nowhere. */
  public static final FunctionOptions NONE =
      new FunctionOptions(List.of(), null, RotationOptions.NONE);

  public FunctionOptions {
    places = List.copyOf(places);
  }

  /** The same with one more option, or null when it is none of these. */
  @Nullable FunctionOptions with(String name, String value) {
    return switch (name) {
      case "--function-endpoint" -> {
        int equals = value.indexOf('=');
        if (equals < 0 || !value.startsWith("arn:aws:lambda:")) {
          throw new IllegalArgumentException(
              name + " takes FUNCTION_ARN_PATTERN=https://…, not " + value);
        }
        yield with(
            value.substring(0, equals), OutsideAddress.parse(name, value.substring(equals + 1)));
      }
      case "--function-credentials-file" -> new FunctionOptions(places, Path.of(value), rotation);
      default -> {
        RotationOptions more = rotation.with(name, value);
        yield more == null ? null : with(more);
      }
    };
  }

  /** The same with functions that run elsewhere. */
  public FunctionOptions with(String arns, URI endpoint) {
    List<HttpFunctions.Place> more = new ArrayList<>(places);
    more.add(new HttpFunctions.Place(arns, endpoint));
    return new FunctionOptions(more, credentials, rotation);
  }

  /** The same with other rights of the built-in functions. */
  public FunctionOptions with(RotationOptions other) {
    return new FunctionOptions(places, credentials, other);
  }

  /** The functions that run elsewhere. */
  RotationFunctions elsewhere(InstantSource machineTime) {
    return places.isEmpty()
        ? RotationFunctions.NONE
        : new HttpFunctions(
            places,
            credentials == null ? null : CredentialsFile.read(credentials, "the functions'"),
            machineTime);
  }
}
