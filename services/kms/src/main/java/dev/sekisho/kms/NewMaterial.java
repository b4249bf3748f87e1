package dev.sekisho.kms;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairPool;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.kms.MaterialStore.Material;
import java.util.HexFormat;

/** Makes the material of keys of every kind. */
final class NewMaterial {

  private static final int ID = 32;

  private final Randomness randomness;
  private final KeyPairPool pairs;

  NewMaterial(Randomness randomness, KeyPairPool pairs) {
    this.randomness = randomness;
    this.pairs = pairs;
  }

  /** An id for a key of one Region. */
  String keyId() {
    return randomness.uuid().toString();
  }

  /** An id for material; it says nothing of the material. */
  String id() {
    return HexFormat.of().formatHex(randomness.bytes(ID));
  }

  /** Fresh material for the key; may take as long as an RSA key takes to make. */
  Material of(KeyName key, String id, KeySpec spec) {
    KeyPairSpec kind = spec.keyPair();
    if (kind == null) {
      return new Material(id, key, Secret.of(randomness.bytes(spec.secretBytes())), null);
    }
    AsymmetricKey pair = pairs.take(kind);
    return new Material(id, key, pair.pkcs8(), pair.subjectPublicKeyInfo());
  }

  /** A key pair for somebody else to use. */
  AsymmetricKey pair(KeyPairSpec spec) {
    return pairs.take(spec);
  }
}
