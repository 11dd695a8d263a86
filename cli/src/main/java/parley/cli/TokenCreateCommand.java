package parley.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.messaging.Limits;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives out a token.
@Command(
    name = "create",
    description = {
      "Give out a token for the operator's side, and print it. It is not shown again.",
      "Scopes: metrics (read /metrics), accounts (set passwords), inspect (look at the table on the",
      "page /inspect, with what people wrote hidden), texts (with inspect: see that too)."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TokenCreateCommand implements Runnable {
  private static final Pattern LIFE = Pattern.compile("([0-9]{1,6})([dhm])");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "What it is for, such as prometheus.")
  String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      required = true,
      split = ",",
      description = "What it may do: metrics, accounts, inspect, texts, reports. May be repeated.")
  List<String> scopes = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ends: in so many days (90d), hours (12h) or minutes (default: 90d).")
  String expires = "90d";

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    OperatorName wanted = storage.well("--name: ", OperatorName.parse(name));
    Set<Scope> allowed = EnumSet.noneOf(Scope.class);
    for (String scope : scopes) {
      allowed.add(storage.well("--scope: ", Scope.parse(scope)));
    }
    Duration life = life();
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      OperatorDesk.Made made = desk.make(wanted, allowed, life);
      System.err.println(
          "The token "
              + made.id()
              + " is good until "
              + made.expiresAt()
              + ". It is not shown again. Send it as Authorization: Bearer.");
      System.out.println(made.token());
    }
  }

  private Duration life() {
    Matcher life = LIFE.matcher(expires);
    if (life.matches()) {
      long count = Long.parseLong(life.group(1));
      Duration wanted =
          switch (life.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofMinutes(count);
          };
      if (wanted.compareTo(Limits.OPERATOR_TOKEN_LIFE_MIN) >= 0
          && wanted.compareTo(Limits.OPERATOR_TOKEN_LIFE_MAX) <= 0) {
        return wanted;
      }
    }
    throw storage.misused(
        "--expires is from 1m to "
            + Limits.OPERATOR_TOKEN_LIFE_MAX.toDays()
            + "d, in minutes, hours or days, such as 12h; not "
            + expires);
  }
}
