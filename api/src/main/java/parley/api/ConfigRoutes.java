package parley.api;

import static parley.api.ProblemCode.STORE_UNAVAILABLE;

import java.util.List;
import java.util.Locale;
import parley.api.People.Person;
import parley.messaging.Limits;
import parley.messaging.account.Accounts;
import parley.messaging.erasure.Erasures;
import parley.messaging.message.Vanishing;

/// What a client must know of this deployment before anybody signs in.
final class ConfigRoutes {
  @Wire(name = "Config", doc = "What this server takes, so that clients need not guess.")
  record Config(
      @Doc("What is refused beyond these. They may change with the server's version.")
          ClientLimits limits,
      @Doc(
              "Seconds for which people can take back that their account is to be erased; 0 where it"
                  + " begins at once.")
          long erasureGraceSeconds,
      @Doc("How people sign in here. More ways may come.") List<SignInMethod> signIn,
      @Doc(
              "Identity providers that people can sign in with here; a browser is sent to its address.")
          List<Provider> providers,
      @Doc(
              "After how many days any message vanishes here, 0 for never. Conversations may keep theirs"
                  + " for less, at most for retentionDaysMax.")
          int retentionDays,
      @Doc(
              "Whom a page of this server may sign in as without a password, for a demonstration:"
                  + " mostly nobody.")
          List<Person> demo) {
    Config {
      signIn = List.copyOf(signIn);
      providers = List.copyOf(providers);
      demo = List.copyOf(demo);
    }
  }

  @Wire(name = "Provider", doc = "An identity provider.")
  record Provider(
      @Doc("What people call it.") String name,
      @Doc("The path on this server that a browser goes to, to sign in with it.") String path) {}

  /// A way to sign in.
  enum SignInMethod {
    PASSWORD,
    PROVIDER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Wire(
      name = "ClientLimits",
      doc = "Bounds that a client can meet. Lengths are in Unicode code points.")
  record ClientLimits(
      @Doc("The longest message.") int textCodePoints,
      @Doc("The longest preview of a message in the inbox.") int previewCodePoints,
      @Doc("The shortest handle.") int handleMin,
      @Doc("The longest handle.") int handleMax,
      @Doc("Seconds for which a handle that was changed stays its account's.")
          long handleKeptSeconds,
      @Doc("The longest display name.") int displayNameCodePoints,
      @Doc("The shortest password.") int passwordMin,
      @Doc("The longest password.") int passwordMax,
      @Doc("People that one search finds, at most.") int peopleFound,
      @Doc("Entries on a page of history where no limit is given.") int historyPage,
      @Doc("Entries on a page of history, at most.") int historyPageMax,
      @Doc("Conversations on a page of the inbox where no limit is given.") int inboxPage,
      @Doc("Conversations on a page of the inbox, at most.") int inboxPageMax,
      @Doc("Seconds that the time in a clientId may be ahead of the server's.")
          long clientClockAllowanceSeconds,
      @Doc("Seconds for which a message may be sent again under the same clientId.")
          long clientIdLifeSeconds,
      @Doc("Seconds for which a message may be edited. It may be unsent at any time.")
          long editSeconds,
      @Doc("Days for which a conversation may keep its messages, at most; 1 at least.")
          int retentionDaysMax,
      @Doc("The largest body of a request, in bytes.") int bodyBytes) {}

  private static final ClientLimits LIMITS =
      new ClientLimits(
          Limits.TEXT_CODE_POINTS,
          Limits.PREVIEW_CODE_POINTS,
          Limits.HANDLE_MIN,
          Limits.HANDLE_MAX,
          Limits.HANDLE_RESERVED.toSeconds(),
          Limits.DISPLAY_NAME_CODE_POINTS,
          Limits.PASSWORD_MIN,
          Limits.PASSWORD_MAX,
          Limits.PEOPLE_FOUND,
          Limits.HISTORY_PAGE,
          Limits.HISTORY_PAGE_MAX,
          Limits.INBOX_PAGE,
          Limits.INBOX_PAGE_MAX,
          Limits.CLIENT_CLOCK_ALLOWANCE.toSeconds(),
          Limits.CLIENT_ID_LIFE.toSeconds(),
          Limits.EDIT_WITHIN.toSeconds(),
          Limits.RETENTION_DAYS_MAX,
          Bounds.BODY_BYTES);

  private final Demo demo;
  private final Accounts accounts;
  private final Erasures erasures;
  private final Providers providers;
  private final Vanishing vanishing;

  ConfigRoutes(
      Demo demo, Accounts accounts, Erasures erasures, Providers providers, Vanishing vanishing) {
    this.vanishing = vanishing;
    this.providers = providers;
    this.demo = demo;
    this.accounts = accounts;
    this.erasures = erasures;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/config", "getConfig", "What this server takes: bounds, and ways to sign in.")
            .forAnybody()
            .limited(RateLimit.GENERAL)
            .answers(Config.class, 200)
            .refuses(STORE_UNAVAILABLE)
            .by(_ -> Answer.ok(config())));
  }

  private Config config() {
    List<Provider> offered =
        providers.offered().stream()
            .map(it -> new Provider(it.name(), "/api/sign-in/" + it.id()))
            .toList();
    List<SignInMethod> methods =
        offered.isEmpty()
            ? List.of(SignInMethod.PASSWORD)
            : List.of(SignInMethod.PASSWORD, SignInMethod.PROVIDER);
    return new Config(
        LIMITS,
        erasures.grace().toSeconds(),
        methods,
        offered,
        vanishing.mostDays(),
        DemoRoutes.people(demo, accounts));
  }
}
