package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.GetRandomPasswordRequest;
import dev.sekisho.contract.secretsmanager.GetRandomPasswordResponse;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Draws random passwords. */
final class Passwords implements SecretsManagerApi.Passwords {

  private static final long USUAL_LENGTH = 32;

  private final Randomness randomness;

  Passwords(Randomness randomness) {
    this.randomness = randomness;
  }

  @Override
  public Guarded<GetRandomPasswordResponse> getRandomPassword(Call<GetRandomPasswordRequest> call) {
    GetRandomPasswordRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("secretsmanager:GetRandomPassword", "*"),
        _ ->
            Outcome.answer(
                GetRandomPasswordResponse.builder()
                    .randomPassword(wanted(input).draw(randomness).revealText())
                    .build()));
  }

  private static RandomPassword wanted(GetRandomPasswordRequest input) {
    return new RandomPassword(
        Objects.requireNonNullElse(input.passwordLength(), USUAL_LENGTH),
        Objects.requireNonNullElse(input.excludeCharacters(), ""),
        isTrue(input.excludeNumbers()),
        isTrue(input.excludePunctuation()),
        isTrue(input.excludeUppercase()),
        isTrue(input.excludeLowercase()),
        isTrue(input.includeSpace()),
        !Boolean.FALSE.equals(input.requireEachIncludedType()));
  }

  private static boolean isTrue(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
