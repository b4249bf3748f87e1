package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies are public, or not, as AWS's guide to Block Public Access has it. */
class PolicyPublicnessTest {

  private static final PolicyPublicness PUBLICNESS =
      new PolicyPublicness(Set.of("s3:dataaccesspointaccount"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"*\"|true",
        "{\"AWS\":\"*\"}|true",
        "{\"AWS\":[\"111122223333\",\"*\"]}|true",
        "{\"AWS\":\"111122223333\"}|false",
        "{\"AWS\":\"arn:aws:iam::111122223333:role/x\"}|false",
        "{\"Service\":\"cloudtrail.amazonaws.com\"}|false",
        "{\"CanonicalUser\":\"abc\"}|false"
      })
  void principals(String principal, boolean isPublic) {
    assertThat(isPublic("\"Effect\":\"Allow\",\"Principal\":" + principal)).isEqualTo(isPublic);
    assertThat(isPublic("\"Effect\":\"Deny\",\"Principal\":" + principal)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StringEquals|aws:PrincipalOrgID|o-1|false",
        "StringEquals|aws:SourceVpce|vpce-1|false",
        "StringLike|aws:SourceVpce|vpce-*|true",
        "StringEquals|AWS:SourceAccount|111122223333|false",
        "StringNotEquals|aws:SourceAccount|111122223333|true",
        "StringEqualsIfExists|aws:SourceAccount|111122223333|true",
        "ArnLike|aws:SourceArn|arn:aws:sns:*:111122223333:topic|false",
        "ArnLike|aws:SourceArn|arn:aws:sns:*:*:topic|true",
        "IpAddress|aws:SourceIp|203.0.113.0/24|false",
        "IpAddress|aws:SourceIp|0.0.0.0/0|true",
        "IpAddress|aws:SourceIp|2001:db8::/32|false",
        "IpAddress|aws:SourceIp|::/0|true",
        "StringEquals|aws:PrincipalArn|${aws:username}|true",
        "StringEquals|aws:Referer|example.org|true",
        "Bool|aws:SecureTransport|true|true",
        "ForAllValues:StringEquals|aws:PrincipalOrgID|o-1|true",
        "ForAnyValue:StringLike|aws:PrincipalOrgPaths|o-1/r-1/ou-1|false"
      })
  void conditions(String operator, String key, String value, boolean isPublic) {
    assertThat(
            isPublic(
                "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Condition\":{\"%s\":{\"%s\":\"%s\"}}"
                    .formatted(operator, key, value)))
        .isEqualTo(isPublic);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false"})
  void oneStatementIsEnough(boolean second, boolean isPublic) {
    String fixed =
        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},"
            + "\"Action\":\"s3:*\",\"Resource\":\"*\"}";
    String wide =
        "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}";
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":["
            + fixed
            + ","
            + (second ? wide : fixed)
            + "]}";
    assertThat(PUBLICNESS.isPublic(PolicyParser.parse(policy))).isEqualTo(isPublic);
  }

  private static boolean isPublic(String statement) {
    return PUBLICNESS.isPublic(
        PolicyParser.parse(
            "{\"Version\":\"2012-10-17\",\"Statement\":{"
                + statement
                + ",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}"));
  }
}
