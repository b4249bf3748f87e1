package dev.sekisho.core;

/**
 * One call as an operation receives it: decoded, valid by the contract, signed, not yet authorized.
 *
 * @param <I> the operation's input structure
 */
public record Call<I>(I input, RequestContext context) {

  public AccountId account() {
    return context.account();
  }

  public String region() {
    return context.region();
  }
}
