package dev.sekisho.crypto.x509;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;

/** Reads one value in DER and nothing behind it, in the one form DER allows. */
final class StrictDer {

  private StrictDer() {}

  static ASN1Primitive one(byte[] der) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(der)) {
      ASN1Primitive value = in.readObject();
      if (value == null || in.readObject() != null) {
        throw new IOException("not exactly one value");
      }
      if (!Arrays.equals(value.getEncoded(ASN1Encoding.DER), der)) {
        throw new IOException("not in DER");
      }
      return value;
    } catch (RuntimeException malformed) {
      throw new IOException("malformed", malformed);
    }
  }
}
