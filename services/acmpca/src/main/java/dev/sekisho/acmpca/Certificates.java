package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.GetCertificateRequest;
import dev.sekisho.contract.acmpca.GetCertificateResponse;
import dev.sekisho.contract.acmpca.IssueCertificateRequest;
import dev.sekisho.contract.acmpca.IssueCertificateResponse;
import dev.sekisho.contract.acmpca.RevokeCertificateRequest;
import dev.sekisho.contract.acmpca.RevokeCertificateResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What authorities issue: made, shown and revoked. */
final class Certificates implements AcmPcaApi.Certificates {

  private final AuthorityWork work;
  private final Issuing issuing;

  Certificates(AuthorityWork work, Issuing issuing) {
    this.work = work;
    this.issuing = issuing;
  }

  @Override
  public Guarded<IssueCertificateResponse> issueCertificate(Call<IssueCertificateRequest> call) {
    IssueCertificateRequest input = call.input();
    String template = Objects.requireNonNullElse(input.templateArn(), Template.DEFAULT);
    return work.on(
        call,
        input.certificateAuthorityArn(),
        Map.of("acm-pca:TemplateArn", List.of(template)),
        (_, authority) -> {
          Optional<IssuedCertificate> before = earlier(authority, input.idempotencyToken());
          return before.isPresent() ? Outcome.answer(issued(before.get())) : issue(call, authority);
        });
  }

  private Optional<IssuedCertificate> earlier(StoredAuthority authority, @Nullable String token) {
    return token == null
        ? Optional.empty()
        : work.context()
            .database()
            .read(handle ->
                CertificateStore.byToken(
                    handle,
                    authority.arn(),
                    token,
                    work.context().now().minus(Authorities.TOKEN_TIME)));
  }

  private Outcome<IssueCertificateResponse> issue(
      Call<IssueCertificateRequest> call, StoredAuthority authority) {
    IssuedCertificate certificate =
        issuing.issue(authority, call.input(), service(call), work.context().now());
    return Outcome.change(transaction -> {
      StoredAuthority again = AuthorityWork.again(transaction, authority);
      if (again.status() != authority.status()) {
        throw AcmPcaErrors.wrongState(again, again.status().name());
      }
      var _ = AuthorityStore.countIssued(transaction, authority.arn());
      CertificateStore.insert(transaction, certificate, call.input().idempotencyToken());
      return issued(certificate);
    });
  }

  private static @Nullable String service(Call<?> call) {
    return call.context().caller().principal() instanceof Principal.Service service
        ? service.name()
        : call.context().origin().sender();
  }

  private static IssueCertificateResponse issued(IssuedCertificate certificate) {
    return IssueCertificateResponse.builder().certificateArn(certificate.arn()).build();
  }

  @Override
  public Guarded<GetCertificateResponse> getCertificate(Call<GetCertificateRequest> call) {
    GetCertificateRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          String prefix = authority.arn() + "/certificate/";
          if (!input.certificateArn().startsWith(prefix)) {
            throw AcmPcaErrors.invalidArn(input.certificateArn());
          }
          IssuedCertificate found =
              work.context()
                  .database()
                  .read(handle ->
                      CertificateStore.find(
                          handle,
                          authority.arn(),
                          input.certificateArn().substring(prefix.length())))
                  .orElseThrow(() ->
                      AcmPcaErrors.notFound(
                          "Could not find Certificate with ARN " + input.certificateArn()));
          return Outcome.answer(
              GetCertificateResponse.builder()
                  .certificate(Pem.write("CERTIFICATE", found.certificate().bytes()).strip())
                  .certificateChain(chain(authority, found))
                  .build());
        });
  }

  /** The certificates above; none above a root's own. */
  private static @Nullable String chain(StoredAuthority authority, IssuedCertificate certificate) {
    StoredAuthority.Own own = authority.own();
    if (own == null || Template.of(certificate.template()).kind() == Template.Kind.ROOT) {
      return null;
    }
    return own.certificate() + Objects.requireNonNullElse(own.chain(), "");
  }

  @Override
  public Guarded<RevokeCertificateResponse> revokeCertificate(Call<RevokeCertificateRequest> call) {
    RevokeCertificateRequest input = call.input();
    return work.on(
        call,
        input.certificateAuthorityArn(),
        (_, authority) -> {
          String serial = Issuing.number(input.certificateSerial());
          if (serial == null) {
            throw AcmPcaErrors.invalidRequest(
                input.certificateSerial() + " is not a serial number.");
          }
          return Outcome.change(transaction -> {
            Instant now = work.context().now();
            StoredAuthority again = AuthorityWork.again(transaction, authority);
            if (again.own() == null) {
              throw AcmPcaErrors.wrongState(again, again.statusAt(now));
            }
            IssuedCertificate found =
                CertificateStore.find(StoreTransaction.handle(transaction), authority.arn(), serial)
                    .orElseThrow(() ->
                        AcmPcaErrors.notFound(
                            "Could not find Certificate with serial number "
                                + input.certificateSerial()));
            if (Template.of(found.template()).kind() == Template.Kind.ROOT) {
              throw AcmPcaErrors.invalidRequest("A root CA cannot revoke its own certificate.");
            }
            if (found.revokedAt() != null) {
              throw AcmPcaErrors.alreadyProcessed("The certificate is revoked already.");
            }
            CertificateStore.revoke(
                transaction, authority.arn(), serial, now, input.revocationReason());
            if (again.lists() != null) {
              AuthorityStore.setListsDue(transaction, authority.arn(), now);
            }
            return RevokeCertificateResponse.builder().build();
          });
        });
  }
}
