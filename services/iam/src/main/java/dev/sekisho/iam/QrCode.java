package dev.sekisho.iam;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import dev.sekisho.core.Secret;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws what a phone's camera reads a device's seed from. */
final class QrCode {

  private static final String ISSUER = "Amazon Web Services";
  private static final int PIXELS = 300;
  private static final int BLACK = 0x000000;
  private static final int WHITE = 0xffffff;

  private QrCode() {}

  /**
   * A PNG of the device's {@code otpauth} address.
   *
   * @param label whom the codes are for, as the program shows it
   * @param base32Seed the seed as programs take it
   */
  static byte[] png(String label, Secret base32Seed) {
    String address =
        "otpauth://totp/"
            + escaped(ISSUER)
            + ":"
            + escaped(label).replace("%40", "@")
            + "?secret="
            + base32Seed.revealText()
            + "&issuer="
            + escaped(ISSUER);
    try {
      BitMatrix dots =
          new QRCodeWriter()
              .encode(
                  address,
                  BarcodeFormat.QR_CODE,
                  PIXELS,
                  PIXELS,
                  Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M));
      BufferedImage image =
          new BufferedImage(dots.getWidth(), dots.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
      for (int y = 0; y < dots.getHeight(); y++) {
        for (int x = 0; x < dots.getWidth(); x++) {
          image.setRGB(x, y, dots.get(x, y) ? BLACK : WHITE);
        }
      }
      // INVARIANT: never through ImageIO's cache on disk, for the picture is the seed.
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      try (var out = new MemoryCacheImageOutputStream(png)) {
        ImageIO.write(image, "png", out);
      }
      return png.toByteArray();
    } catch (WriterException tooLong) {
      throw IamErrors.invalidInput("The name of the device is too long for a QR code.");
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
