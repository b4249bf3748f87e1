package dev.sekisho.contract.gen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated is what the model and the overlay say, and nothing that neither has. */
class ModelTest {

  private static final String STS = "sts-2011-06-15";

  @TempDir private Path folder;

  private ObjectNode model(String overlay) throws IOException {
    Path file = folder.resolve("overlay.json");
    Files.writeString(file, overlay);
    return ModelReader.read(STS, file);
  }

  @Test
  void operationThatNoModelHasStopsTheBuild() throws IOException {
    Service service =
        new Service("sts", "Sts", model("{}"), Families.of(List.of("GetCallerIdentify")));

    assertThatThrownBy(service::completeStructures)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sts has no operation GetCallerIdentify");
  }

  @Test
  void modelThatIsNotThereStopsTheBuild() {
    assertThatThrownBy(() -> ModelReader.read("sts-1999-01-01", folder.resolve("none.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sts-1999-01-01");
  }

  @Test
  void shapeThatNoModelHasStopsTheBuild() throws IOException {
    ObjectNode model =
        model(
            "{\"shapes\":{\"GetCallerIdentityResponse\":{\"members\":"
                + "{\"New\":{\"shape\":\"Nowhere\"}}}}}");
    Service service = new Service("sts", "Sts", model, Families.of(List.of("GetCallerIdentity")));

    assertThatThrownBy(service::closure).hasMessage("sts has no shape Nowhere");
  }

  @Test
  void overlayAddsReplacesAndTakesAway() throws IOException {
    ObjectNode model =
        model(
            """
            {
              "metadata": {"globalEndpoint": null, "apiVersion": "2099-01-01"},
              "operations": {
                "AssumeRoot": {"name": "AssumeRoot", "http": {"method": "POST", "requestUri": "/"}}
              }
            }
            """);
    Service service = new Service("sts", "Sts", model, Families.of(List.of("GetCallerIdentity")));

    assertThat(service.metadata().has("globalEndpoint")).isFalse();
    assertThat(service.metadata().get("apiVersion").asText()).isEqualTo("2099-01-01");
    assertThat(service.metadata().get("endpointPrefix").asText()).isEqualTo("sts");
    assertThat(service.unserved())
        .contains("AssumeRoot", "AssumeRole")
        .doesNotContain("GetCallerIdentity");
  }

  @Test
  void closureHoldsWhatServedOperationsReachAndNoMore() throws IOException {
    Service service = new Service("sts", "Sts", model("{}"), Families.of(List.of("AssumeRole")));
    service.completeStructures();

    assertThat(service.closure())
        .contains("AssumeRoleRequest", "AssumeRoleResponse", "Credentials", "Tag", "tagKeyType")
        .doesNotContain("GetCallerIdentityResponse", "AssumeRoleWithSAMLRequest");
  }
}
