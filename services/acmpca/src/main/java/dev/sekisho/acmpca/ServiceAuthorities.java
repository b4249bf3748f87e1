package dev.sekisho.acmpca;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.acmpca.AcmPcaApi;
import dev.sekisho.contract.acmpca.AcmPcaModel;
import dev.sekisho.contract.acmpca.GetCertificateRequest;
import dev.sekisho.contract.acmpca.GetCertificateResponse;
import dev.sekisho.contract.acmpca.IssueCertificateRequest;
import dev.sekisho.contract.acmpca.Validity;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.PrivateAuthorities;
import dev.sekisho.core.RequestContext;
import java.util.Objects;
import java.util.function.Function;

/** Private CA for the other services: each use is calls of the API. */
final class ServiceAuthorities implements PrivateAuthorities {

  private final AcmPcaContext context;
  private final AcmPcaApi api;
  private final InnerCalls calls;

  ServiceAuthorities(AcmPcaContext context, AcmPcaApi api, InnerCalls calls) {
    this.context = context;
    this.api = api;
    this.calls = calls;
  }

  @Override
  public Issued issue(
      RequestContext call, String service, String authorityArn, Blob request, int days) {
    String arn =
        Objects.requireNonNull(
            call(
                    call,
                    service,
                    "IssueCertificate",
                    api.certificates()::issueCertificate,
                    IssueCertificateRequest.builder()
                        .certificateAuthorityArn(authorityArn)
                        .csr(request)
                        .signingAlgorithm(signing(authorityArn))
                        .validity(Validity.builder().type("DAYS").value((long) days).build())
                        .build())
                .certificateArn());
    GetCertificateResponse issued =
        call(
            call,
            service,
            "GetCertificate",
            api.certificates()::getCertificate,
            GetCertificateRequest.builder()
                .certificateAuthorityArn(authorityArn)
                .certificateArn(arn)
                .build());
    return new Issued(arn, Objects.requireNonNull(issued.certificate()), issued.certificateChain());
  }

  /** As the authority was created to sign; whether there is one is for the call to say. */
  private String signing(String authorityArn) {
    return context
        .database()
        .read(handle -> AuthorityStore.find(handle, authorityArn))
        .map(authority -> authority.configuration().signingAlgorithm())
        .orElse("SHA256WITHRSA");
  }

  private <I extends Structure, O extends Structure> O call(
      RequestContext call,
      String service,
      String operation,
      Function<Call<I>, Guarded<O>> function,
      I input) {
    return calls.call(
        AcmPcaModel.SERVICE,
        function,
        input,
        call.forwarded(
            context.randomness().uuid().toString(),
            service,
            AcmPcaModel.SERVICE.signingName(),
            operation,
            call.region()));
  }
}
