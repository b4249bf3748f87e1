package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.MFADevice;
import software.amazon.awssdk.services.sts.StsClient;

/** Tokens whose seeds the administrator registers at the start. */
class HardwareTokensTest {

  private static final String SERIAL = "GAHT12345678";
  private static final String SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

  private Path folder;
  private Path list;

  @BeforeEach
  void folders(@TempDir Path temporary) {
    folder = temporary.resolve("data");
    list = temporary.resolve("tokens");
  }

  private void write(String content, String mode) throws IOException {
    Files.writeString(list, content);
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString(mode));
  }

  private SekishoInstance start() {
    return SekishoInstance.start(folder, options -> options.withHardwareTokens(list));
  }

  @Test
  void aRegisteredTokenIsEnabledAndItsCodesAreTakenAfterTheFileIsGone() throws Exception {
    write("# from the maker\n\n" + SERIAL + "  jbsw y3dp ehpk3pxp-JBSWY3DPEHPK3PXP\n", "rw-------");
    start().close();
    // Registering it again changes nothing.
    start().close();
    Files.delete(list);
    Token token = new Token(SEED);
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("holder"));
      AccessKey key = iam.createAccessKey(r -> r.userName("holder")).accessKey();
      enable(sekisho, iam, token);

      assertThat(iam.listMFADevices(r -> r.userName("holder")).mfaDevices())
          .extracting(MFADevice::serialNumber)
          .containsExactly(SERIAL);
      assertThat(iam.listVirtualMFADevices().virtualMFADevices()).isEmpty();
      sekisho.clock().advance(Duration.ofSeconds(30));
      try (StsClient sts =
          sekisho.client(
              StsClient.builder(),
              AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
        sts.getSessionToken(
            r -> r.serialNumber(SERIAL).tokenCode(token.code(sekisho.clock().instant(), 0)));
      }
      refused(
          "NoSuchEntity",
          404,
          "VirtualMFADevice with serial number " + SERIAL + " doesn't exist.",
          () -> iam.deleteVirtualMFADevice(r -> r.serialNumber(SERIAL)));

      iam.deactivateMFADevice(r -> r.userName("holder").serialNumber(SERIAL));
      sekisho.clock().advance(Duration.ofMinutes(2));
      enable(sekisho, iam, token);
    }
  }

  private static void enable(SekishoInstance sekisho, IamClient iam, Token token) {
    Instant now = sekisho.clock().instant();
    iam.enableMFADevice(r ->
        r.userName("holder")
            .serialNumber(SERIAL)
            .authenticationCode1(token.code(now, -1))
            .authenticationCode2(token.code(now, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "GAHT12345678 JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX1, the seed in line 1 is not Base32",
    "GAHT12345678 JBSWY3DP, the seed in line 1 must have 16 to 128 bytes",
    "GAHT12345678, 'line 1 must hold a serial number, given once, and a seed'",
    "short JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,"
        + " 'line 1 must hold a serial number, given once, and a seed'"
  })
  void whatCannotBeReadStopsTheStartAndIsNotRepeated(String line, String message) throws Exception {
    write(line, "rw-------");

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(message)
        .hasMessageNotContainingAny("JBSWY");
  }

  @Test
  void aFileThatOthersCanReadIsNotTaken() throws Exception {
    write(SERIAL + " " + SEED, "rw-r-----");

    assertThatThrownBy(this::start)
        .hasMessageEndingWith("it can be read by others; make its mode 0600");
  }

  @Test
  void aTokenDoesNotGetAnotherSeed() throws Exception {
    write(SERIAL + " " + SEED, "rw-------");
    start().close();
    write(SERIAL + " " + SEED.replace('J', 'K'), "rw-------");

    assertThatThrownBy(this::start)
        .hasMessageEndingWith("token " + SERIAL + " is registered with another seed");
  }
}
