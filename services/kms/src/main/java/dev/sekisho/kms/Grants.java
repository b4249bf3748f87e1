package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.CreateGrantRequest;
import dev.sekisho.contract.kms.CreateGrantResponse;
import dev.sekisho.contract.kms.RetireGrantRequest;
import dev.sekisho.contract.kms.RetireGrantResponse;
import dev.sekisho.contract.kms.RevokeGrantRequest;
import dev.sekisho.contract.kms.RevokeGrantResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.Keys.KeyUse;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes grants and takes them back. */
final class Grants {

  private static final int MOST_PER_KEY = 50_000;
  private static final int ID = 32;

  private final Database database;
  private final Keys keys;
  private final KeyAccess access;
  private final GrantStore store;
  private final GrantTokens tokens;
  private final Randomness randomness;
  private final PrincipalDirectory principals;

  Grants(
      Database database,
      Keys keys,
      KeyAccess access,
      GrantStore store,
      GrantTokens tokens,
      Randomness randomness,
      PrincipalDirectory principals) {
    this.database = database;
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.tokens = tokens;
    this.randomness = randomness;
    this.principals = principals;
  }

  Guarded<CreateGrantResponse> create(Call<CreateGrantRequest> call) {
    CreateGrantRequest input = call.input();
    Key key = keys.share(call, input.keyId(), "kms:CreateGrant");
    GrantRules.check(key, input, principals);
    Grant wanted =
        new Grant(
            HexFormat.of().formatHex(randomness.bytes(ID)),
            key.name(),
            requireNonNullElse(call.context().caller().principal().account(), key.name().account()),
            input.name(),
            call.context().time(),
            input.granteePrincipal(),
            input.granteeServicePrincipal(),
            input.retiringPrincipal(),
            input.retiringServicePrincipal(),
            input.operations().stream().distinct().toList(),
            GrantLimits.of(input.constraints()));
    return Guarded.by(
        access.toGrant(call, key, wanted, conditions(call, wanted)),
        _ -> {
          requireGrantable(key);
          DryRun.stop(input.dryRun());
          return keys.change(
              call,
              key.name(),
              (transaction, found) -> {
                requireGrantable(found);
                Grant made = insertOrFind(transaction, wanted);
                return CreateGrantResponse.builder()
                    .grantId(made.id())
                    .grantToken(tokens.of(made))
                    .build();
              });
        });
  }

  private static void requireGrantable(Key key) {
    if (key.state() != KeyState.UNAVAILABLE) {
      key.requireUsable();
    }
  }

  private Grant insertOrFind(Transaction transaction, Grant wanted) {
    var handle = StoreTransaction.handle(transaction);
    String name = wanted.name();
    Optional<Grant> same =
        name == null
            ? Optional.empty()
            : store.named(handle, wanted.key(), name).stream().filter(wanted::isSameAs).findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    if (store.count(handle, wanted.key()) >= MOST_PER_KEY) {
      throw KmsErrors.limitExceeded(
          "The key " + wanted.key().arn() + " has " + MOST_PER_KEY + " grants already.");
    }
    store.insert(transaction, wanted);
    return wanted;
  }

  private static Map<String, List<String>> conditions(Call<?> call, Grant grant) {
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put("kms:GrantOperations", grant.operations());
    conditions.put("kms:GrantIsForAWSResource", List.of(forAwsResource(call)));
    put(conditions, "kms:GranteePrincipal", grant.grantee());
    put(conditions, "kms:GranteeServicePrincipal", grant.granteeService());
    put(conditions, "kms:RetiringPrincipal", grant.retiring());
    put(conditions, "kms:GrantConstraintSourceArn", grant.limits().sourceArn());
    List<String> types = new ArrayList<>();
    if (!grant.limits().exactly().isEmpty()) {
      types.add("EncryptionContextEquals");
    }
    if (!grant.limits().atLeast().isEmpty()) {
      types.add("EncryptionContextSubset");
    }
    if (!types.isEmpty()) {
      conditions.put("kms:GrantConstraintType", types);
    }
    return conditions;
  }

  /** A service that makes a grant on somebody's behalf needs it for a resource of its own. */
  private static String forAwsResource(Call<?> call) {
    return String.valueOf(call.context().origin().sender() != null);
  }

  private static void put(
      Map<String, List<String>> conditions, String key, @Nullable String value) {
    if (value != null) {
      conditions.put(key, List.of(value));
    }
  }

  Guarded<RevokeGrantResponse> revoke(Call<RevokeGrantRequest> call) {
    String action = "kms:RevokeGrant";
    RevokeGrantRequest input = call.input();
    Key key = keys.share(call, input.keyId(), action);
    Map<String, List<String>> conditions =
        Map.of("kms:GrantIsForAWSResource", List.of(forAwsResource(call)));
    return Guarded.by(
        access.of(call, action, new KeyUse(key, null), conditions),
        _ -> {
          Grant grant = require(key.name(), input.grantId());
          DryRun.stop(input.dryRun());
          return keys.change(
              call,
              key.name(),
              (transaction, _) -> {
                delete(transaction, grant);
                return RevokeGrantResponse.builder().build();
              });
        });
  }

  Guarded<RetireGrantResponse> retire(Call<RetireGrantRequest> call) {
    String action = "kms:RetireGrant";
    RetireGrantRequest input = call.input();
    GrantTokens.Named named = named(call, action);
    Key key =
        keys.find(named.key(), call.context().time())
            .orElseThrow(() -> KmsErrors.keyNotFound(named.key()));
    Grant grant = require(named.key(), named.grantId());
    AccessCheck check = access.toRetire(call, key, grant);
    return Guarded.by(
        check,
        _ -> {
          DryRun.stop(input.dryRun());
          return keys.change(
              call,
              key.name(),
              (transaction, _) -> {
                delete(transaction, grant);
                return RetireGrantResponse.builder().build();
              });
        });
  }

  private GrantTokens.Named named(Call<RetireGrantRequest> call, String action) {
    RetireGrantRequest input = call.input();
    String token = input.grantToken();
    String keyId = input.keyId();
    String grantId = input.grantId();
    if (token != null && keyId == null && grantId == null) {
      GrantTokens.Named named = tokens.open(token);
      if (!named.key().region().equals(call.region())) {
        throw KmsErrors.keyNotFound(named.key());
      }
      return named;
    }
    if (token == null && keyId != null && grantId != null) {
      return new GrantTokens.Named(keys.share(call, keyId, action).name(), grantId);
    }
    throw KmsErrors.validation("Specify either a grant token, or a key ID and a grant ID.");
  }

  private Grant require(KeyName key, String id) {
    return database.read(handle -> store.find(handle, key, id)).orElseThrow(() -> notFound(id));
  }

  /** Twice the same grant cannot go: the second finds none. */
  private void delete(Transaction transaction, Grant grant) {
    if (store.find(StoreTransaction.handle(transaction), grant.key(), grant.id()).isEmpty()) {
      throw notFound(grant.id());
    }
    store.delete(transaction, grant.id());
  }

  private static ServiceException notFound(String id) {
    return KmsErrors.notFound("Grant ID " + id + " not found");
  }
}
