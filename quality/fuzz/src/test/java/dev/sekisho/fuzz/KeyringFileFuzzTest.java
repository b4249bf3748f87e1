package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.crypto.keyring.KeyringFile;
import dev.sekisho.crypto.keyring.RootForm;
import java.nio.charset.StandardCharsets;

/**
 * A keyring's file and its root key's line are read as what they are written as, or refused with a
 * message that quotes nothing of them.
 */
class KeyringFileFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void fileIsReadAsWrittenOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      KeyringFile file = KeyringFile.parse(text);
      assertThat(file.text()).isEqualTo(text);
      assertThat(file.keys()).isNotEmpty();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessage("not a keyring").hasNoCause();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void headerIsReadAsWrittenOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      RootForm form = RootForm.parse(text);
      assertThat(form.text()).isEqualTo(text);
      if (form instanceof RootForm.FromPassphrase from) {
        assertThat(from.kibibytes()).isBetween(19_456, 262_144);
        assertThat(from.iterations()).isBetween(2, 16);
      }
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotNull();
    }
  }
}
