package dev.sekisho.federation.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.sekisho.federation.oidc.RejectedToken.Reason;
import java.net.URI;
import java.text.ParseException;

/**
 * How an OpenID Connect provider describes itself.
 *
 * @param keys where its keys are, over HTTPS
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">Discovery</a>
 */
public record IssuerMetadata(String issuer, URI keys) {

  /**
   * Reads a discovery document.
   *
   * @throws RejectedToken when it is none
   */
  public static IssuerMetadata parse(String json) throws RejectedToken {
    try {
      var document = JSONObjectUtils.parse(json);
      String issuer = JSONObjectUtils.getString(document, "issuer");
      String keys = JSONObjectUtils.getString(document, "jwks_uri");
      if (issuer != null && keys != null && keys.startsWith("https://")) {
        return new IssuerMetadata(issuer, URI.create(keys));
      }
    } catch (ParseException | RuntimeException unreadable) {
      // The same refusal as for one that lacks something.
    }
    throw new RejectedToken(Reason.UNKNOWN_KEY, "not a discovery document");
  }
}
