package dev.sekisho.wire.signature;

import dev.sekisho.wire.WireRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request says of its signature, read once and believed by nobody yet. */
public sealed interface Claim {

  /** The request carries a signature that can be read. */
  record Signed(SignatureClaim claim) implements Claim {}

  /** The request carries none. */
  record Unsigned() implements Claim {}

  /** The request carries something that is not a signature. */
  record Unreadable(SignatureFailure failure) implements Claim {}

  /** The service the signature is scoped to, if there is one that can be read. */
  default @Nullable String service() {
    return this instanceof Signed(SignatureClaim claim) ? claim.scope().service() : null;
  }

  /** The access key it is made with, short and printable enough for a log, if it can be read. */
  default @Nullable String accessKeyId() {
    return this instanceof Signed(SignatureClaim claim)
        ? SignatureFailure.excerpt(claim.scope().accessKeyId())
        : null;
  }

  /** Reads the claim of a request's head; never throws. */
  static Claim of(WireRequest request) {
    try {
      List<QueryParameter> query = QueryParameter.parse(request.query());
      int authorizations = 0;
      String authorization = "";
      for (int i = 0; i < request.headers().size(); i++) {
        if (request.headers().name(i).equals("authorization")) {
          authorizations++;
          authorization = request.headers().value(i);
        }
      }
      boolean inQuery = isPresigned(query);
      if (authorizations > 1 || (inQuery && authorizations > 0)) {
        throw new SignatureFailure(
            SignatureFailure.Kind.INCOMPLETE, "A request must be signed in one place only.");
      }
      if (inQuery) {
        return new Signed(PresignedClaim.read(query));
      }
      return authorizations == 0
          ? new Unsigned()
          : new Signed(HeaderClaim.read(authorization, request.headers(), query));
    } catch (SignatureFailure failure) {
      return new Unreadable(failure);
    }
  }

  private static boolean isPresigned(List<QueryParameter> query) {
    for (QueryParameter parameter : query) {
      if (parameter.name().equals("X-Amz-Algorithm")
          || parameter.name().equals("X-Amz-Signature")) {
        return true;
      }
    }
    return false;
  }
}
