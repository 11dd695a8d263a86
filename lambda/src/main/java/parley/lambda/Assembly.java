package parley.lambda;

import java.time.InstantSource;
import java.util.function.Supplier;
import parley.api.Api;
import parley.api.Demo;
import parley.api.RateLimits;
import parley.api.Traffic;
import parley.api.TrustedProxies;
import parley.host.Introductions;
import parley.host.Leaving;
import parley.host.Services;
import parley.messaging.Secret;
import parley.messaging.account.Identities;
import parley.messaging.account.SharedAccounts;
import parley.messaging.erasure.ErasureLedger;
import parley.store.Capabilities;
import parley.store.Table;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What functions are made of. Each part is made when it is first asked for: a function loads
/// nothing that it does not use.
///
/// The table is there already: nothing here makes one. The change stream goes to a function of its
/// own, so what is remembered here is bounded by time alone (`Limits.ACCOUNT_STALENESS`).
final class Assembly {
  private final Environment environment;
  private final InstantSource clock;
  private final InvocationUnits units = new InvocationUnits();
  private final Metrics metrics;
  private final Patience patience;
  private final Supplier<Table> table;
  private final Supplier<Secret> secret;
  private final Supplier<Leaving> leaving;
  private final SharedAccounts shared;
  private final Supplier<Services> services;
  private final Supplier<Api> api;

  /// @param client made when the first part that needs it is
  Assembly(
      Environment environment,
      InstantSource clock,
      Metrics metrics,
      Supplier<DynamoDbClient> client,
      Patience patience) {
    this.environment = environment;
    this.clock = clock;
    this.metrics = metrics;
    this.patience = patience;
    this.table =
        Once.of(() -> new Table(client.get(), environment.table(), Capabilities.ALL, units));
    this.secret = Once.of(() -> OwnSecret.of(environment, table.get()));
    this.leaving =
        Once.of(() -> LeavingSettings.of(environment, client.get(), secret.get(), clock));
    this.shared = SharedPeople.of(environment, clock, patience);
    this.services =
        Once.of(() ->
            Services.on(
                table.get(),
                secret.get(),
                clock,
                (_, _) -> {},
                leaving.get(),
                environment.terms(),
                shared));
    this.api = Once.of(this::contract);
  }

  /// By the environment of this process.
  static Assembly ofThisProcess() {
    Environment environment = Environment.ofThisProcess();
    InstantSource clock = InstantSource.system();
    return new Assembly(
        environment,
        clock,
        new Metrics(System.out, clock),
        Once.of(() -> Clients.dynamoDb(environment)),
        Patience.USUAL);
  }

  Environment environment() {
    return environment;
  }

  InstantSource clock() {
    return clock;
  }

  Metrics metrics() {
    return metrics;
  }

  Patience patience() {
    return patience;
  }

  /// What the invocation at hand consumes of the table.
  InvocationUnits units() {
    return units;
  }

  Table table() {
    return table.get();
  }

  Secret secret() {
    return secret.get();
  }

  Services services() {
    return services.get();
  }

  /// What instances share of the people that they show; nothing where there is no cache.
  SharedAccounts shared() {
    return shared;
  }

  /// People whom an identity provider introduces.
  Identities identities() {
    return Introductions.on(table(), clock);
  }

  /// The contract, with the rates of this instance alone: what everybody may do together is for the
  /// gateway in front of it to say.
  Api api() {
    return api.get();
  }

  /// Who was erased; nobody is written down where no table is named for it.
  ErasureLedger ledger() {
    return leaving.get().ledger();
  }

  private Api contract() {
    Demo demo = new Demo();
    demo.invite(environment.demo());
    return new Api(
        services().forApi(),
        secret(),
        table()::answers,
        environment.origins(),
        new Traffic(
            environment.limitsRates() ? RateLimits.on(clock) : RateLimits.off(),
            TrustedProxies.NONE),
        demo,
        SignInSettings.providers(environment, this::identities, secret(), clock),
        clock);
  }
}
