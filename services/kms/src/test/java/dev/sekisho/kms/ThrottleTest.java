package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GenerateDataKeyPairRequest;
import dev.sekisho.contract.kms.GenerateDataKeyRequest;
import dev.sekisho.contract.kms.ListKeysRequest;
import dev.sekisho.contract.kms.SignRequest;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas hold for an account in a Region, each by itself, and fill again as time goes by. */
class ThrottleTest {

  private static final Blob BYTES = Blob.of(new byte[] {1});

  @TempDir private Path folder;
  private KmsFixture fixture;

  @BeforeEach
  void open() {
    fixture = new KmsFixture(folder, RequestQuotas.parse("aws,symmetric=10,rsa=3,ListKeys=2"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatComesTooFastIsTurnedAwayUntilTimeHasGoneBy() {
    ListKeysRequest list = ListKeysRequest.builder().build();
    assertThat(admitted(list, 5)).isEqualTo(2);
    assertThatThrownBy(() -> fixture.kms().admit(fixture.call(list)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> {
              assertThat(error.code()).isEqualTo("ThrottlingException");
              assertThat(error.status()).isEqualTo(400);
            })
        .hasMessage(
            "You have exceeded the rate at which you may call KMS. Reduce the frequency of your"
                + " calls.");

    fixture.advance(Duration.ofMillis(499));
    assertThat(admitted(list, 5)).isZero();
    fixture.advance(Duration.ofMillis(1));
    assertThat(admitted(list, 5)).isEqualTo(1);
    fixture.advance(Duration.ofDays(1));
    assertThat(admitted(list, 5)).isEqualTo(2);
  }

  @Test
  void cryptographicOperationsOfOneKindOfKeyShareAQuota() {
    String symmetric = fixture.create().keyId();
    String rsa =
        fixture
            .create(CreateKeyRequest.builder().keySpec("RSA_2048").keyUsage("SIGN_VERIFY").build())
            .keyId();
    EncryptRequest encrypt = EncryptRequest.builder().keyId(symmetric).plaintext(BYTES).build();
    SignRequest sign =
        SignRequest.builder()
            .keyId(rsa)
            .message(BYTES)
            .signingAlgorithm("RSASSA_PSS_SHA_256")
            .build();

    assertThat(admitted(encrypt, 6)).isEqualTo(6);
    assertThat(
            admitted(
                GenerateDataKeyRequest.builder().keyId(symmetric).keySpec("AES_256").build(), 3))
        .isEqualTo(3);
    assertThat(admitted(DecryptRequest.builder().ciphertextBlob(BYTES).build(), 3)).isEqualTo(1);
    assertThat(admitted(encrypt, 3)).isZero();
    assertThat(admitted(sign, 5)).isEqualTo(3);
  }

  @Test
  void accountsRegionsAndOperationsDoNotTakeFromOneAnother() {
    ListKeysRequest list = ListKeysRequest.builder().build();
    assertThat(admitted(list, 5)).isEqualTo(2);
    assertThat(
            admitted(CreateAliasRequest.builder().aliasName("alias/a").targetKeyId("k").build(), 9))
        .isEqualTo(5);
    fixture.in("eu-west-1");
    assertThat(admitted(list, 5)).isEqualTo(2);
    fixture.as(new Principal.Root(KmsFixture.STRANGER));
    assertThat(admitted(list, 5)).isEqualTo(2);
  }

  @Test
  void aQuotaBelowOneASecondLetsOneThroughAndThenNoneForLong() {
    GenerateDataKeyPairRequest pair =
        GenerateDataKeyPairRequest.builder().keyId("k").keyPairSpec("RSA_4096").build();
    assertThat(admitted(pair, 3)).isEqualTo(1);
    fixture.advance(Duration.ofSeconds(9));
    assertThat(admitted(pair, 3)).isZero();
    fixture.advance(Duration.ofSeconds(1));
    assertThat(admitted(pair, 3)).isEqualTo(1);
  }

  @Test
  void withoutQuotasNobodyIsTurnedAway(@TempDir Path another) {
    try (KmsFixture free = new KmsFixture(another)) {
      for (int i = 0; i < 20_000; i++) {
        free.kms().admit(free.call(ListKeysRequest.builder().build()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, symmetric, 50000",
    "eu-central-1, symmetric, 10000",
    "sa-east-1, symmetric, 5500",
    "us-east-1, CreateKey, 5",
    "us-east-1, GenerateDataKeyPair/RSA_4096, 0.1"
  })
  void withoutFiguresOfOnesOwnAwssHold(String region, String quota, double figure) {
    assertThat(RequestQuotas.parse("aws").of(quota, region)).isEqualTo(figure);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all",
        "''",
        "aws,Nonsense=1",
        "aws,CreateKey",
        "aws,CreateKey=0",
        "aws,CreateKey=x"
      })
  void whatIsNoQuotaIsRefused(String text) {
    assertThatThrownBy(() -> RequestQuotas.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--kms-request-quotas");
    assertThatCode(() -> RequestQuotas.parse("aws,CreateKey=0.5")).doesNotThrowAnyException();
  }

  /** How many of so many calls at once are let through. */
  private int admitted(Object input, int calls) {
    int admitted = 0;
    for (int i = 0; i < calls; i++) {
      try {
        fixture.kms().admit(fixture.call(input));
        admitted++;
      } catch (ServiceException throttled) {
        assertThat(throttled.code()).isEqualTo("ThrottlingException");
      }
    }
    return admitted;
  }
}
