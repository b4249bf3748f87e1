package dev.sekisho.federation.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sekisho.federation.oidc.RejectedToken.Reason;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a token says.
 *
 * @param authorizedParty the {@code azp} claim
 * @param methods the {@code amr} claim
 * @param tags session tags, by key
 * @param transitiveTagKeys the keys of those that chained sessions keep
 */
public record TokenClaims(
    String issuer,
    String subject,
    List<String> audiences,
    @Nullable String authorizedParty,
    List<String> methods,
    Instant issuedAt,
    Instant expiresAt,
    @Nullable Instant notBefore,
    @Nullable String sourceIdentity,
    Map<String, String> tags,
    List<String> transitiveTagKeys) {

  private static final String TAGS = "https://aws.amazon.com/tags";
  private static final String PRINCIPAL_TAGS = "principal_tags";
  private static final String TRANSITIVE = "transitive_tag_keys";
  private static final String SOURCE_IDENTITY = "https://aws.amazon.com/source_identity";

  public TokenClaims {
    audiences = List.copyOf(audiences);
    methods = List.copyOf(methods);
    tags = Map.copyOf(tags);
    transitiveTagKeys = List.copyOf(transitiveTagKeys);
  }

  static TokenClaims of(JWTClaimsSet claims) throws RejectedToken {
    try {
      List<String> audiences = claims.getAudience();
      require("aud", audiences.isEmpty() ? null : audiences);
      Date notBefore = claims.getNotBeforeTime();
      return new TokenClaims(
          require("iss", claims.getIssuer()),
          require("sub", claims.getSubject()),
          audiences,
          claims.getStringClaim("azp"),
          texts(claims.getClaim("amr")),
          require("iat", claims.getIssueTime()).toInstant(),
          require("exp", claims.getExpirationTime()).toInstant(),
          notBefore == null ? null : notBefore.toInstant(),
          sourceIdentity(claims),
          tags(claims),
          transitive(claims));
    } catch (ParseException wrongType) {
      throw new RejectedToken(Reason.CLAIM, "a claim is not of its type");
    }
  }

  private static <T> T require(String name, @Nullable T value) throws RejectedToken {
    if (value == null || value.toString().isEmpty()) {
      throw new RejectedToken(Reason.CLAIM, "Missing a required claim: " + name);
    }
    return value;
  }

  private static @Nullable String sourceIdentity(JWTClaimsSet claims) throws RejectedToken {
    List<String> values = texts(claims.getClaim(SOURCE_IDENTITY));
    return values.isEmpty() ? null : values.getFirst();
  }

  /** Either one claim with everything in it, or one claim for each key. */
  private static Map<String, String> tags(JWTClaimsSet claims) throws RejectedToken {
    Map<String, String> tags = new TreeMap<>();
    if (claims.getClaim(TAGS) instanceof Map<?, ?> nested
        && nested.get(PRINCIPAL_TAGS) instanceof Map<?, ?> values) {
      for (Map.Entry<?, ?> each : values.entrySet()) {
        tags.put(String.valueOf(each.getKey()), one(each.getValue()));
      }
    }
    String prefix = TAGS + '/' + PRINCIPAL_TAGS + '/';
    for (Map.Entry<String, Object> each : claims.getClaims().entrySet()) {
      if (each.getKey().startsWith(prefix)) {
        tags.put(each.getKey().substring(prefix.length()), one(each.getValue()));
      }
    }
    return tags;
  }

  private static List<String> transitive(JWTClaimsSet claims) throws RejectedToken {
    return claims.getClaim(TAGS) instanceof Map<?, ?> nested
        ? texts(nested.get(TRANSITIVE))
        : texts(claims.getClaim(TAGS + '/' + TRANSITIVE));
  }

  private static String one(@Nullable Object value) throws RejectedToken {
    List<String> values = texts(value);
    if (values.size() != 1) {
      throw new RejectedToken(Reason.CLAIM, "a tag has one value");
    }
    return values.getFirst();
  }

  private static List<String> texts(@Nullable Object value) throws RejectedToken {
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object each : value instanceof List<?> list ? list : List.of(value)) {
      if (!(each instanceof String text)) {
        throw new RejectedToken(Reason.CLAIM, "a claim is not of its type");
      }
      texts.add(text);
    }
    return texts;
  }
}
