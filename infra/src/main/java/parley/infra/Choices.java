package parley.infra;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.host.Leaving;
import parley.host.Remains;
import parley.messaging.Limits;
import parley.messaging.message.Vanishing;
import parley.store.TableAdmin.Capacity;

/// What of the template can be chosen when it is written. What differs between two accounts that
/// chose alike is a parameter of the template instead.
///
/// @param capacity of the table and of its index each
/// @param most what autoscaling may make of provisioned capacity
/// @param packaging what the functions run on
/// @param signIn where people prove who they are
/// @param cache whether instances share a cache, which needs a network of its own
/// @param logDays how long logs are kept
/// @param window how long the stream waits for a batch to fill
/// @param graceDays for how many days an erasure can be taken back
/// @param backupDays for how many days receipts of erasures say that backups are kept
/// @param retentionDays for how many days any message is kept, 0 for as long as its conversation
///   does
/// @param domain the name that browsers know it by, beside the one that the service gives
/// @param code the packages' name in the bucket of code. Another name for every content: by it the
///   service sees that there is something new
public record Choices(
    Capacity capacity,
    Capacity.Provisioned most,
    Packaging packaging,
    SignIn signIn,
    boolean cache,
    int logDays,
    Duration window,
    int graceDays,
    int backupDays,
    int retentionDays,
    Optional<String> domain,
    String code) {
  /// What functions run on.
  public enum Packaging {
    /// The service's own Java, started from a snapshot.
    MANAGED("functions.zip"),
    /// A Java that is packed with the functions, with what it needs at its start worked out before.
    CUSTOM("custom.zip");

    private final String file;

    Packaging(String file) {
      this.file = file;
    }

    /// What the build calls the package.
    public String file() {
      return file;
    }
  }

  /// Where people prove who they are. Parley's own accounts are there in any case.
  public enum SignIn {
    OWN,
    COGNITO,
    OIDC
  }

  /// The only numbers of days that the service keeps logs for, up to a year and a half.
  static final Set<Integer> LOG_DAYS =
      Set.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545);

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");

  /// What is chosen unless something is said.
  public static final Choices DEFAULT =
      new Choices(
          Capacity.DEFAULT,
          new Capacity.Provisioned(100, 100),
          Packaging.MANAGED,
          SignIn.OWN,
          false,
          1,
          Duration.ofSeconds(1),
          (int) Leaving.GRACE.toDays(),
          Bounds.RECOVERY_DAYS,
          Vanishing.FOREVER,
          Optional.empty(),
          Packaging.MANAGED.file());

  public Choices {
    if (!LOG_DAYS.contains(logDays)) {
      throw new IllegalArgumentException(
          "Logs are kept for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400 or 545 days; not for "
              + logDays
              + ".");
    }
    if (window.isNegative() || window.compareTo(Bounds.WINDOW_MAX) > 0) {
      throw new IllegalArgumentException(
          "The stream waits 0 to "
              + Bounds.WINDOW_MAX.toSeconds()
              + " seconds for a batch to fill; not "
              + window.toSeconds()
              + ".");
    }
    long graceMax = Limits.ERASURE_GRACE_MAX.toDays();
    if (graceDays < 0 || graceDays > graceMax) {
      throw new IllegalArgumentException(
          "An erasure can be taken back for 0 to " + graceMax + " days; not " + graceDays + ".");
    }
    // The table itself can be brought back for so long.
    if (backupDays < Bounds.RECOVERY_DAYS || backupDays > Remains.BACKUP_DAYS_MAX) {
      throw new IllegalArgumentException(
          "Backups are kept for "
              + Bounds.RECOVERY_DAYS
              + " (the table's own) to "
              + Remains.BACKUP_DAYS_MAX
              + " days; not "
              + backupDays
              + ".");
    }
    int daysMax = Limits.RETENTION_DEPLOYMENT_DAYS_MAX;
    if (retentionDays < 0 || retentionDays > daysMax) {
      throw new IllegalArgumentException(
          "Messages are kept for 1 to "
              + daysMax
              + " days, or 0 for ever; not "
              + retentionDays
              + ".");
    }
    if (capacity instanceof Capacity.Provisioned least
        && (most.read() < least.read() || most.write() < least.write())) {
      throw new IllegalArgumentException(
          "The most capacity ("
              + most.read()
              + "/"
              + most.write()
              + ") is less than what is always there ("
              + least.read()
              + "/"
              + least.write()
              + "): raise --capacity-max.");
    }
    if (domain.isPresent() && !DOMAIN.matcher(domain.get()).matches()) {
      throw new IllegalArgumentException(
          "A domain is a name such as chat.example.com, in small letters; not "
              + domain.get()
              + ".");
    }
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "The packages' name in the bucket has letters, digits and ._/- in it, 200 at most; not "
              + code
              + ".");
    }
  }
}
