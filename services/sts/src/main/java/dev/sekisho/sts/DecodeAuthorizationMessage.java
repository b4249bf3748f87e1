package dev.sekisho.sts;

import dev.sekisho.contract.sts.DecodeAuthorizationMessageRequest;
import dev.sekisho.contract.sts.DecodeAuthorizationMessageResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.SealedMessages;

/** Tells whoever may know why a call was refused. */
final class DecodeAuthorizationMessage implements StsApi.DecodeAuthorizationMessage {

  private final SealedMessages messages;

  DecodeAuthorizationMessage(SealedMessages messages) {
    this.messages = messages;
  }

  @Override
  public Guarded<DecodeAuthorizationMessageResponse> decodeAuthorizationMessage(
      Call<DecodeAuthorizationMessageRequest> call) {
    return Guarded.by(
        AccessCheck.of("sts:DecodeAuthorizationMessage", "*"),
        _ ->
            Outcome.answer(
                DecodeAuthorizationMessageResponse.builder()
                    .decodedMessage(open(call.input().encodedMessage()))
                    .build()));
  }

  private String open(String encoded) {
    try {
      return messages.open(encoded);
    } catch (CryptoException notOurs) {
      throw new ServiceException(
          "InvalidAuthorizationMessageException",
          400,
          "Message was not encoded by the authorization service or is corrupted");
    }
  }
}
