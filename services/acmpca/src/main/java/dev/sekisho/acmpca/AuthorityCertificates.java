package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.GetCertificateAuthorityCertificateRequest;
import dev.sekisho.contract.acmpca.GetCertificateAuthorityCertificateResponse;
import dev.sekisho.contract.acmpca.GetCertificateAuthorityCsrRequest;
import dev.sekisho.contract.acmpca.GetCertificateAuthorityCsrResponse;
import dev.sekisho.contract.acmpca.ImportCertificateAuthorityCertificateRequest;
import dev.sekisho.contract.acmpca.ImportCertificateAuthorityCertificateResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.crypto.x509.CertificatePath;
import dev.sekisho.crypto.x509.NameConstraintRules;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.crypto.x509.RefusedInput;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The certificate of an authority itself: asked for, brought in and shown. */
final class AuthorityCertificates implements AcmPcaApi.AuthorityCertificates {

  private static final int KEY_CERT_SIGN = 5;

  private final AuthorityWork work;
  private final AuthorityKeys keys;

  AuthorityCertificates(AuthorityWork work, AuthorityKeys keys) {
    this.work = work;
    this.keys = keys;
  }

  @Override
  public Guarded<GetCertificateAuthorityCsrResponse> getCertificateAuthorityCsr(
      Call<GetCertificateAuthorityCsrRequest> call) {
    return work.on(
        call,
        call.input().certificateAuthorityArn(),
        (_, authority) ->
            Outcome.answer(
                GetCertificateAuthorityCsrResponse.builder()
                    .csr(
                        Pem.write(
                            "CERTIFICATE REQUEST",
                            keys.open(authority)
                                .issuer()
                                .request(OwnRequests.extensions(authority.configuration()))))
                    .build()));
  }

  @Override
  public Guarded<GetCertificateAuthorityCertificateResponse> getCertificateAuthorityCertificate(
      Call<GetCertificateAuthorityCertificateRequest> call) {
    return work.onAny(
        call,
        call.input().certificateAuthorityArn(),
        java.util.Map.of(),
        (_, authority) -> {
          StoredAuthority.Own own = authority.own();
          if (own == null) {
            throw AcmPcaErrors.wrongState(authority, authority.statusAt(work.context().now()));
          }
          return Outcome.answer(
              GetCertificateAuthorityCertificateResponse.builder()
                  .certificate(own.certificate())
                  .certificateChain(own.chain())
                  .build());
        });
  }

  @Override
  public Guarded<ImportCertificateAuthorityCertificateResponse>
      importCertificateAuthorityCertificate(
          Call<ImportCertificateAuthorityCertificateRequest> call) {
    ImportCertificateAuthorityCertificateRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          Instant now = work.context().now();
          StoredAuthority.Own own =
              own(authority, input.certificate(), input.certificateChain(), now);
          return Outcome.change(transaction -> {
            StoredAuthority again = AuthorityWork.again(transaction, authority);
            AuthorityStore.setOwn(transaction, authority.arn(), own, now);
            if (again.status() == StoredAuthority.Status.PENDING_CERTIFICATE) {
              AuthorityStore.setStatus(
                  transaction, authority.arn(), StoredAuthority.Status.ACTIVE, now);
            }
            AuthorityStore.setListsDue(
                transaction, authority.arn(), again.lists() == null ? null : now);
            return ImportCertificateAuthorityCertificateResponse.builder().build();
          });
        });
  }

  private StoredAuthority.Own own(
      StoredAuthority authority, Blob certificate, @Nullable Blob chain, Instant now) {
    X509Certificate read = certificates(certificate, "certificate").getFirst();
    List<X509Certificate> above =
        chain == null || chain.length() == 0 ? List.of() : certificates(chain, "certificate chain");
    if (authority.root() != above.isEmpty()) {
      throw AcmPcaErrors.invalidArgs(
          authority.root()
              ? "The certificate chain of a root CA must be empty."
              : "The certificate chain of a subordinate CA must not be empty.");
    }
    requireOurs(authority, read);
    List<X509Certificate> path = new ArrayList<>();
    path.add(read);
    path.addAll(above);
    try {
      CertificatePath.require(path, now);
      var _ = NameConstraintRules.of(path);
    } catch (RefusedInput refused) {
      throw AcmPcaErrors.malformedCertificate(refused.message());
    }
    return new StoredAuthority.Own(
        text(List.of(read)),
        above.isEmpty() ? null : text(above),
        read.getSerialNumber().toString(16),
        read.getNotBefore().toInstant(),
        read.getNotAfter().toInstant());
  }

  private void requireOurs(StoredAuthority authority, X509Certificate certificate) {
    Blob publicKey =
        work.context().database().read(handle -> AuthorityStore.publicKey(handle, authority.arn()));
    if (!Arrays.equals(certificate.getPublicKey().getEncoded(), publicKey.bytes())) {
      throw AcmPcaErrors.mismatch(
          "The certificate does not match the certificate authority's public key.");
    }
    X500Principal subject =
        new X500Principal(encoded(OpenAuthority.name(authority, OpenAuthority.path(authority))));
    if (!subject.equals(certificate.getSubjectX500Principal())) {
      throw AcmPcaErrors.mismatch(
          "The certificate's subject does not match the certificate authority's.");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw AcmPcaErrors.malformedCertificate(
          "The certificate is not that of a certificate authority.");
    }
    boolean self =
        certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    if (self != authority.root()) {
      throw AcmPcaErrors.malformedCertificate(
          self
              ? "The certificate of a subordinate CA must not be self-signed."
              : "The certificate of a root CA must be self-signed.");
    }
  }

  private static byte[] encoded(org.bouncycastle.asn1.x500.X500Name name) {
    try {
      return name.getEncoded("DER");
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException("a name cannot be written", impossible);
    }
  }

  private static List<X509Certificate> certificates(Blob pem, String what) {
    try {
      String text = new String(pem.bytes(), StandardCharsets.ISO_8859_1);
      int sections = Pem.read(text).size();
      if (sections > 1 && what.equals("certificate")) {
        throw AcmPcaErrors.malformedCertificate("Exactly one certificate is expected.");
      }
      return Certificates.chain(text);
    } catch (RefusedInput | IllegalArgumentException unreadable) {
      throw AcmPcaErrors.malformedCertificate("The " + what + " is malformed.");
    }
  }

  private static String text(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate each : certificates) {
      try {
        text.append(Pem.write("CERTIFICATE", Objects.requireNonNull(each.getEncoded())));
      } catch (java.security.cert.CertificateEncodingException impossible) {
        throw new IllegalStateException("a certificate cannot be written", impossible);
      }
    }
    return text.toString();
  }
}
