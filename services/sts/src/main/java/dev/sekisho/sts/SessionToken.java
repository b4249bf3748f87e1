package dev.sekisho.sts;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Federation;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Session;
import dev.sekisho.crypto.CryptoException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Temporary credentials as bytes, before they are sealed into a token and after. */
final class SessionToken {

  private static final int FORMAT = 2;
  private static final int WITHOUT_FEDERATION = 1;
  // Far above what the limits on session policies and tags let a token hold.
  private static final int LARGEST = 1 << 18;

  private SessionToken() {}

  static byte[] write(TemporaryCredentials credentials) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeByte(FORMAT);
      out.writeUTF(credentials.accessKeyId());
      out.writeUTF(credentials.secretAccessKey().revealText());
      principal(out, credentials.principal());
      session(out, credentials.session());
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws CryptoException when it is anything else
   */
  static TemporaryCredentials read(byte[] bytes) {
    try (InflaterInputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      byte[] plain = inflated.readNBytes(LARGEST);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
      int format = in.readByte();
      if (format != FORMAT && format != WITHOUT_FEDERATION) {
        throw new CryptoException();
      }
      String accessKeyId = in.readUTF();
      Secret secret = Secret.of(in.readUTF());
      return new TemporaryCredentials(accessKeyId, secret, principal(in), session(in, format));
    } catch (IOException notOurs) {
      throw new CryptoException();
    }
  }

  private static void principal(DataOutputStream out, Principal principal) throws IOException {
    switch (principal) {
      case Principal.Root root -> texts(out, "root", root.account().value());
      case Principal.User user ->
          texts(out, "user", user.account().value(), user.path(), user.name(), user.id());
      case Principal.RoleSession role ->
          texts(
              out,
              "role",
              role.account().value(),
              role.rolePath(),
              role.roleName(),
              role.roleId(),
              role.sessionName());
      case Principal.FederatedUser federated -> federated(out, federated);
      case Principal.Service _,
          Principal.Anonymous _,
          Principal.WebIdentity _,
          Principal.SamlIdentity _ ->
          throw new IllegalArgumentException("nobody's session: " + principal);
    }
  }

  private static void federated(DataOutputStream out, Principal.FederatedUser federated)
      throws IOException {
    texts(out, "federated", federated.account().value(), federated.name());
    principal(out, federated.issuer());
  }

  private static Principal principal(DataInputStream in) throws IOException {
    List<String> parts = texts(in);
    AccountId account = new AccountId(parts.get(1));
    return switch (parts.getFirst()) {
      case "root" -> new Principal.Root(account);
      case "user" -> new Principal.User(account, parts.get(2), parts.get(3), parts.get(4));
      case "role" ->
          new Principal.RoleSession(
              account, parts.get(2), parts.get(3), parts.get(4), parts.get(5));
      case "federated" -> new Principal.FederatedUser(account, parts.get(2), principal(in));
      default -> throw new CryptoException();
    };
  }

  private static void session(DataOutputStream out, Session session) throws IOException {
    out.writeLong(session.issuedAt().toEpochMilli());
    out.writeLong(session.expiresAt().toEpochMilli());
    Instant mfaAt = session.mfaAt();
    out.writeLong(mfaAt == null ? Long.MIN_VALUE : mfaAt.toEpochMilli());
    List<String> tags = new ArrayList<>();
    new TreeMap<>(session.tags())
        .forEach((key, value) -> {
          tags.add(key);
          tags.add(value);
        });
    texts(out, tags.toArray(String[]::new));
    texts(out, new TreeSet<>(session.transitiveTagKeys()).toArray(String[]::new));
    optional(out, session.sourceIdentity());
    optional(out, session.policy());
    texts(out, session.policyArns().toArray(String[]::new));
    out.writeBoolean(session.chained());
    federation(out, session.federation());
  }

  private static Session session(DataInputStream in, int format) throws IOException {
    Instant issuedAt = Instant.ofEpochMilli(in.readLong());
    Instant expiresAt = Instant.ofEpochMilli(in.readLong());
    long mfaAt = in.readLong();
    Map<String, String> tags = new TreeMap<>();
    List<String> pairs = texts(in);
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      tags.put(pairs.get(i), pairs.get(i + 1));
    }
    Set<String> transitive = new TreeSet<>(texts(in));
    String sourceIdentity = optional(in);
    String policy = optional(in);
    return new Session(
        issuedAt,
        expiresAt,
        mfaAt == Long.MIN_VALUE ? null : Instant.ofEpochMilli(mfaAt),
        tags,
        transitive,
        sourceIdentity,
        policy,
        texts(in),
        in.readBoolean(),
        format == WITHOUT_FEDERATION ? null : federation(in));
  }

  private static void federation(DataOutputStream out, @Nullable Federation federation)
      throws IOException {
    optional(out, federation == null ? null : federation.provider());
    if (federation != null) {
      out.writeShort(federation.keys().size());
      for (Map.Entry<String, List<String>> each : new TreeMap<>(federation.keys()).entrySet()) {
        texts(out, each.getKey());
        texts(out, each.getValue().toArray(String[]::new));
      }
    }
  }

  private static @Nullable Federation federation(DataInputStream in) throws IOException {
    String provider = optional(in);
    if (provider == null) {
      return null;
    }
    Map<String, List<String>> keys = new TreeMap<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      keys.put(texts(in).getFirst(), texts(in));
    }
    return new Federation(provider, keys);
  }

  private static void texts(DataOutputStream out, String... texts) throws IOException {
    out.writeShort(texts.length);
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      texts(out);
    } else {
      texts(out, text);
    }
  }

  private static @Nullable String optional(DataInputStream in) throws IOException {
    List<String> texts = texts(in);
    return texts.isEmpty() ? null : texts.getFirst();
  }
}
