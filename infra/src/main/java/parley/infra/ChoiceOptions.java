package parley.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.infra.Choices.Packaging;
import parley.infra.Choices.SignIn;
import parley.store.TableAdmin.Capacity;
import picocli.CommandLine.Option;

/// [Choices], as options.
final class ChoiceOptions {
  private static final int CODE_DIGITS = 16;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "${env:PARLEY_INFRA:-infra}/target/cdk.out",
      description = "Where the template is written (default: infra/target/cdk.out).")
  Path out = Path.of("infra/target/cdk.out");

  @Option(
      names = "--capacity",
      paramLabel = "READ/WRITE",
      description =
          "Units a second of the table and its index each that are always there, or on-demand (default:"
              + " 5/5).")
  String capacity = "5/5";

  @Option(
      names = "--capacity-max",
      paramLabel = "READ/WRITE",
      description = "What autoscaling may make of them (default: 100/100).")
  String capacityMax = "100/100";

  @Option(
      names = "--runtime",
      paramLabel = "KIND",
      description =
          "managed: the service's own Java 25, started from a snapshot; custom: a Java that is packed"
              + " with the functions (default: managed).")
  String runtime = "managed";

  @Option(
      names = "--sign-in",
      paramLabel = "KIND",
      description =
          "own: Parley's own accounts; cognito: a pool of people besides; oidc: an issuer that is there"
              + " already, besides (default: own).")
  String signIn = "own";

  @Option(
      names = "--cache",
      description = "A cache that instances share, in a network of its own. It costs most of all.")
  boolean cache;

  @Option(
      names = "--log-days",
      paramLabel = "DAYS",
      description = "How long logs are kept (default: 1).")
  int logDays = 1;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description =
          "How long the stream waits for more before it calls its function: inboxes and events are late"
              + " by so much, and calls are fewer (default: 1).")
  long window = 1;

  @Option(
      names = "--erasure-grace",
      paramLabel = "DAYS",
      description =
          "For how many days somebody can take back that they want to be erased (default: 7).")
  int graceDays = Choices.DEFAULT.graceDays();

  @Option(
      names = "--backup-days",
      paramLabel = "DAYS",
      description =
          "For how many days receipts of erasures say that backups are kept: more than the table's own"
              + " 35 if you keep others (default: 35).")
  int backupDays = Choices.DEFAULT.backupDays();

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      description =
          "Keep no message for longer than DAYS, in any conversation (default: 0, for as long as its"
              + " people keep it).")
  int retentionDays = Choices.DEFAULT.retentionDays();

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "The name that browsers know it by, such as chat.example.com.")
  @Nullable String domain;

  @Option(
      names = "--package",
      paramLabel = "FILE",
      description =
          "The functions' package, to be named by its content, so that the service sees a new one"
              + " (default: a name that stays).")
  @Nullable Path packaged;

  Choices choices() {
    Packaging packaging = named("--runtime", runtime, Packaging.values());
    Capacity.Provisioned most =
        switch (Capacity.parse(capacityMax)) {
          case Capacity.Provisioned units -> units;
          case Capacity.OnDemand() ->
              throw new IllegalArgumentException("--capacity-max is READ/WRITE, such as 100/100.");
        };
    return new Choices(
        Capacity.parse(capacity),
        most,
        packaging,
        named("--sign-in", signIn, SignIn.values()),
        cache,
        logDays,
        Duration.ofSeconds(window),
        graceDays,
        backupDays,
        retentionDays,
        Optional.ofNullable(domain),
        packaged == null ? packaging.file() : codeName(packaging, packaged));
  }

  private static <E extends Enum<E>> E named(String option, String text, E[] values) {
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    StringBuilder known = new StringBuilder();
    for (E value : values) {
      known.append(known.isEmpty() ? "" : ", ").append(value.name().toLowerCase(Locale.ROOT));
    }
    throw new IllegalArgumentException(option + " is one of " + known + "; not " + text + ".");
  }

  /// `functions-0123456789abcdef.zip`.
  private static String codeName(Packaging packaging, Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      String hex = HexFormat.of().formatHex(digest).substring(0, CODE_DIGITS);
      return packaging.file().replace(".zip", "-" + hex + ".zip");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The package " + file + " cannot be read: build it first (docs/deploy.md).", e);
    }
  }
}
