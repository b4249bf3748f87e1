package dev.sekisho.wire;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.audit.Ledger;
import dev.sekisho.wire.audit.LedgerUnavailable;
import java.util.function.Function;

/** Leads what services ask of one another through the same gates as calls from outside. */
public final class GatedInnerCalls implements InnerCalls {

  private final Passage.Gates gates;
  private final ServiceRules rules;

  /**
   * @param rules of the service that is called
   * @param host the account whose history keeps calls that no account can be found for
   */
  public GatedInnerCalls(
      ServiceRules rules,
      Authorizer authorizer,
      Ledger ledger,
      Randomness randomness,
      AccountId host) {
    this.rules = rules;
    this.gates = new Passage.Gates(authorizer, ledger, randomness, host);
  }

  @Override
  public <I extends Structure, O extends Structure> O call(
      ServiceModel<?> model,
      Function<Call<I>, Guarded<O>> operation,
      I input,
      RequestContext context) {
    Passage passage = new Passage(gates, model, rules, context);
    try {
      return passage.pass(operation, input);
    } catch (ServiceException refused) {
      ServiceException error = ServiceErrors.inFamily(model.protocol(), refused);
      passage.failed(error);
      throw error;
    } catch (LedgerUnavailable unavailable) {
      throw ServiceErrors.unavailable(model.protocol());
    }
  }
}
