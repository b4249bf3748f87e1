package dev.sekisho.iam;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * FIDO2 authenticators as MFA devices: registered and used through a browser.
 *
 * <p>AWS's API has no operation for it; the console asks here. INVARIANT: a challenge is ours, for
 * one owner, and answered once, on whichever node.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-2/">Web Authentication</a>
 */
public final class SecurityKeys {

  /**
   * The site that the browser is at.
   *
   * @param id its domain
   * @param origin its address, as browsers write origins
   */
  public record RelyingParty(String id, String origin) {}

  private static final Duration CHALLENGE_HOLDS = Duration.ofMinutes(5);
  private static final int CHALLENGE = 32;
  private static final int LONGEST_RESPONSE = 1 << 16;
  private static final String SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SUFFIX = 26;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.EdDSA),
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

  private final Database database;
  private final Randomness randomness;
  private final InstantSource clock;
  private @Nullable WebAuthn library;

  public SecurityKeys(Database database, Randomness randomness, InstantSource clock) {
    this.database = database;
    this.randomness = randomness;
    this.clock = clock;
  }

  /** The library's parts; made when the first browser comes, for most servers see none. */
  private record WebAuthn(WebAuthnManager manager, AttestedCredentialDataConverter credentials) {}

  private synchronized WebAuthn library() {
    WebAuthn made = library;
    if (made == null) {
      ObjectConverter converter = new ObjectConverter();
      made =
          new WebAuthn(
              WebAuthnManager.createNonStrictWebAuthnManager(converter),
              new AttestedCredentialDataConverter(converter));
      library = made;
    }
    return made;
  }

  /**
   * What the owner's browser shall have signed, in Base64url; for a registration or an assertion.
   *
   * @throws IllegalArgumentException when the principal cannot have devices
   */
  public String challenge(Principal owner) {
    String challenge = base64(randomness.bytes(CHALLENGE));
    Instant now = clock.instant();
    database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      handle.execute("delete from iam_challenge where expires_at < ?", now.toEpochMilli());
      handle.execute(
          "insert into iam_challenge (challenge, owner_id, expires_at) values (?, ?, ?)",
          challenge,
          ownerId(owner),
          now.plus(CHALLENGE_HOLDS).toEpochMilli());
      return challenge;
    });
    return challenge;
  }

  /** The ids of the owner's credentials in Base64url, as a browser is told which to use. */
  public List<String> credentialIds(Principal owner) {
    return database.read(handle ->
        handle
            .createQuery(
                "select credential_id from iam_security_key where serial in"
                    + " (select serial from iam_mfa_device where owner_id = :owner)"
                    + " order by serial")
            .bind("owner", ownerId(owner))
            .mapTo(String.class)
            .list());
  }

  /**
   * Registers what the authenticator made as a device of the owner.
   *
   * @param transaction that the caller's audit event is part of
   * @param name what the owner calls it
   * @param response the browser's registration response, as JSON
   * @return the device's serial number; nothing when the response does not hold
   * @throws dev.sekisho.core.ServiceException LimitExceeded
   */
  public Optional<String> register(
      Transaction transaction, Principal owner, RelyingParty party, String name, String response) {
    if (response.length() > LONGEST_RESPONSE || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Handle handle = StoreTransaction.handle(transaction);
    @Nullable AttestedCredentialData credential;
    long count;
    try {
      RegistrationData data =
          readable(() -> library().manager().parseRegistrationResponseJSON(response));
      if (data == null) {
        return Optional.empty();
      }
      ServerProperty asked = asked(handle, owner, party, data.getCollectedClientData());
      AttestationObject made = data.getAttestationObject();
      if (asked == null || made == null) {
        return Optional.empty();
      }
      library().manager().verify(data, new RegistrationParameters(asked, ALGORITHMS, false, true));
      credential = made.getAuthenticatorData().getAttestedCredentialData();
      count = made.getAuthenticatorData().getSignCount();
    } catch (DataConversionException | VerificationException refused) {
      return Optional.empty();
    }
    if (credential == null) {
      return Optional.empty();
    }
    CredentialOwner of = CredentialOwner.of(handle, owner);
    MfaDevices.requireRoom(handle, of);
    String credentialId = base64(credential.getCredentialId());
    if (serial(handle, credentialId).isPresent()) {
      return Optional.empty();
    }
    String serial =
        "arn:aws:iam::"
            + of.account()
            + ":u2f/"
            + (of.user() == null ? "root-account" : "user/" + of.name())
            + "/"
            + name
            + "-"
            + randomness.text(SUFFIX_ALPHABET, SUFFIX);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    MfaDeviceStore.insertKey(
        handle,
        new MfaDevice(serial, of.account(), MfaDevice.Kind.SECURITY_KEY, of.id(), now, now, 0, -1));
    handle.execute(
        "insert into iam_security_key (serial, credential_id, credential, sign_count)"
            + " values (?, ?, ?, ?)",
        serial,
        credentialId,
        library().credentials().convert(credential),
        count);
    return Optional.of(serial);
  }

  /**
   * Whether the authenticator of one of the owner's devices signed a challenge of ours.
   *
   * @param response the browser's authentication response, as JSON
   */
  public boolean verify(Principal owner, RelyingParty party, String response) {
    return response.length() <= LONGEST_RESPONSE
        && database.write(
            transaction -> holds(StoreTransaction.handle(transaction), owner, party, response));
  }

  private boolean holds(Handle handle, Principal owner, RelyingParty party, String response) {
    try {
      AuthenticationData data =
          readable(() -> library().manager().parseAuthenticationResponseJSON(response));
      if (data == null) {
        return false;
      }
      ServerProperty asked = asked(handle, owner, party, data.getCollectedClientData());
      byte[] credentialId = data.getCredentialId();
      AuthenticatorData<?> shown = data.getAuthenticatorData();
      if (asked == null || credentialId == null || shown == null) {
        return false;
      }
      String serial = serial(handle, base64(credentialId)).orElse(null);
      if (serial == null
          || MfaDeviceStore.ofOwner(handle, ownerId(owner)).stream()
              .noneMatch(device -> device.serial().equals(serial))) {
        return false;
      }
      library()
          .manager()
          .verify(data, new AuthenticationParameters(asked, stored(handle, serial), null, false));
      handle.execute(
          "update iam_security_key set sign_count = ? where serial = ?",
          shown.getSignCount(),
          serial);
      return true;
    } catch (DataConversionException | VerificationException refused) {
      return false;
    }
  }

  /** Null for what cannot be read: the library has many exceptions for that, not all its own. */
  private static <T> @Nullable T readable(Supplier<T> parse) {
    try {
      return parse.get();
    } catch (RuntimeException unreadable) {
      return null;
    }
  }

  /** Takes the challenge back that the response answers; null when it is not one of ours. */
  private @Nullable ServerProperty asked(
      Handle handle, Principal owner, RelyingParty party, @Nullable CollectedClientData data) {
    if (data == null) {
      return null;
    }
    byte[] challenge = data.getChallenge().getValue();
    int taken =
        handle.execute(
            "delete from iam_challenge where challenge = ? and owner_id = ? and expires_at >= ?",
            base64(challenge),
            ownerId(owner),
            clock.instant().toEpochMilli());
    return taken == 0
        ? null
        : ServerProperty.builder()
            .origin(new Origin(party.origin()))
            .rpId(party.id())
            .challenge(new DefaultChallenge(challenge))
            .build();
  }

  private CredentialRecordImpl stored(Handle handle, String serial) {
    return handle
        .createQuery("select credential, sign_count from iam_security_key where serial = :serial")
        .bind("serial", serial)
        .map((row, _) ->
            new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                null,
                null,
                row.getLong("sign_count"),
                library().credentials().convert(row.getBytes("credential")),
                null,
                null,
                null,
                null))
        .one();
  }

  private static Optional<String> serial(Handle handle, String credentialId) {
    return handle
        .createQuery("select serial from iam_security_key where credential_id = :id")
        .bind("id", credentialId)
        .mapTo(String.class)
        .findOne();
  }

  private static String ownerId(Principal owner) {
    return CredentialOwner.idOf(owner)
        .orElseThrow(() -> new IllegalArgumentException("nobody's devices: " + owner));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
