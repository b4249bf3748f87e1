package dev.sekisho.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ARNs, account numbers and principals by name. */
class NamesTest {

  private static final AccountId ACCOUNT = new AccountId("111122223333");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/a/b",
        "arn:aws:kms:us-east-1:111122223333:key/1",
        "arn:aws:s3:::bucket/key:with:colons",
        "arn:aws-cn:sns:cn-north-1:1:topic:sub",
        "arn:aws::::"
      })
  void arnIsReadAndWrittenTheSame(String text) {
    assertThat(Arn.parse(text)).hasToString(text);
  }

  @Test
  void lastFieldKeepsItsColons() {
    assertThat(Arn.parse("arn:aws:logs:us-east-1:1:log-group:a:*").resource())
        .isEqualTo("log-group:a:*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "arn", "arn:aws:iam::1", "ARN:aws:iam::1:a", "arn::iam::1:a", "a:b:c:d:e:f"})
  void otherTextIsNoArn(String text) {
    assertThatThrownBy(() -> Arn.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "11112222333",
        "1111222233334",
        "11112222333a",
        "١١١١٢٢٢٢٣٣٣٣",
        " 11112222333"
      })
  void accountHasTwelveDigits(String text) {
    assertThatThrownBy(() -> new AccountId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void principalsAreNamedAsAwsNamesThem() {
    assertThat(new Principal.Root(ACCOUNT).arn()).hasToString("arn:aws:iam::111122223333:root");
    assertThat(new Principal.Root(ACCOUNT).userId()).isEqualTo("111122223333");
    assertThat(new Principal.User(ACCOUNT, "/a/b/", "ann", "AIDA1").arn())
        .hasToString("arn:aws:iam::111122223333:user/a/b/ann");
    Principal.RoleSession session =
        new Principal.RoleSession(ACCOUNT, "/p/", "role", "AROA1", "me");
    assertThat(session.arn()).hasToString("arn:aws:sts::111122223333:assumed-role/role/me");
    assertThat(session.roleArn()).hasToString("arn:aws:iam::111122223333:role/p/role");
    assertThat(session.userId()).isEqualTo("AROA1:me");
    assertThat(new Principal.FederatedUser(ACCOUNT, "bob", new Principal.Root(ACCOUNT)).userId())
        .isEqualTo("111122223333:bob");
    assertThat(new Principal.Anonymous().account()).isNull();
    assertThat(new Principal.Service("cloudtrail.amazonaws.com").arn()).isNull();
  }
}
