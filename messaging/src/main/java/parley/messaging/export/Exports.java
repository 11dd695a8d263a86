package parley.messaging.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.UserId;

/// Use case: somebody wants all that is held of them. It is gathered beside everything else, one
/// person at a time; whoever asked is given a code, which fetches the archive once.
public final class Exports {
  private static final String PREFIX = "x-";

  /// How often progress is written down at most.
  private static final Duration TELLS = Duration.ofSeconds(1);

  private final ExportShelf shelf;
  private final Dossier dossier;
  private final Accounts accounts;
  private final InstantSource clock;
  private final SecureRandom random;
  private Instant tidiedAt = Instant.EPOCH;

  public Exports(
      ExportShelf shelf,
      Dossier dossier,
      Accounts accounts,
      InstantSource clock,
      SecureRandom random) {
    this.shelf = shelf;
    this.dossier = dossier;
    this.accounts = accounts;
    this.clock = clock;
    this.random = random;
  }

  /// What became of a wish.
  public sealed interface Asked {
    /// It is being done. The code is shown this once.
    record Done(String code) implements Asked {}

    /// One is under way.
    record UnderWay() implements Asked {}

    /// Here is no place for archives.
    record NoPlace() implements Asked {}

    /// There are [Limits#EXPORTS_KEPT] already.
    record Full() implements Asked {}
  }

  /// Has everything gathered; an archive that lies there and was not fetched goes.
  public Asked ask(Account account) {
    if (!shelf.isThere()) {
      return new Asked.NoPlace();
    }
    Export before = shelf.of(account.id());
    if (before != null && before.isUnderWay()) {
      return new Asked.UnderWay();
    }
    if (before == null && shelf.all().size() >= Limits.EXPORTS_KEPT) {
      return new Asked.Full();
    }
    if (before != null) {
      shelf.remove(before);
    }
    String code = Ids.random(PREFIX, random);
    Export asked = Export.asked(account.id(), place(code), now());
    return shelf.put(asked) == null ? new Asked.UnderWay() : new Asked.Done(code);
  }

  /// How far this person's is, null where there is none.
  public @Nullable Export of(UserId user) {
    Export export = shelf.of(user);
    return export == null || export.isOverAt(now()) ? null : export;
  }

  /// The part of an archive that this code fetches (the first is 1), null for nothing: it was
  /// fetched, its time is over, or its person's account is.
  public @Nullable Download fetch(String code, int part) {
    if (!Ids.isId(PREFIX, code)) {
      return null;
    }
    Export export = shelf.at(place(code));
    if (export == null || export.state() != Export.State.READY || export.isOverAt(now())) {
      return null;
    }
    return accounts.byId(export.user()) == null ? null : shelf.archive(export, part);
  }

  /// Writes one archive, or a part of one, if somebody waits for one; false if there was nothing to
  /// do. Removes those whose time is over, and those of accounts that are gone or about to go.
  public boolean work() {
    Instant now = now();
    if (!shelf.isThere()) {
      return false;
    }
    if (!tidiedAt.plus(Limits.EXPORTS_TIDIED).isAfter(now)) {
      tidy(now);
      tidiedAt = now;
    }
    for (Export export : shelf.all()) {
      if (export.canBeTaken(now)) {
        write(export);
        return true;
      }
    }
    return false;
  }

  private void tidy(Instant now) {
    for (Export export : shelf.all()) {
      if (export.isOverAt(now) || accounts.byId(export.user()) == null) {
        shelf.remove(export);
      }
    }
    shelf.tidy();
  }

  private void write(Export waiting) {
    Account account = accounts.byId(waiting.user());
    if (account == null) {
      shelf.remove(waiting);
      return;
    }
    if (waiting.attempts() >= Limits.EXPORT_ATTEMPTS || waiting.parts() >= Limits.EXPORT_PARTS) {
      shelf.put(waiting.failed(now()));
      return;
    }
    Export begun = shelf.put(waiting.begun(now()));
    if (begun == null) {
      return;
    }
    Told told = new Told(begun);
    String rest;
    try (Archive archive = shelf.begin(begun)) {
      rest = dossier.write(account, archive, begun.mark(), told);
    } catch (Overtaken _) {
      return;
    }
    Export next = rest == null ? told.last.ready(now()) : told.last.rested(rest, now());
    if (accounts.byId(waiting.user()) == null || !shelf.finish(next)) {
      shelf.remove(begun);
    }
  }

  /// Somebody else goes on with it, or it is no longer wanted.
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken() {
      super("somebody else goes on with this archive", null, false, false);
    }
  }

  /// Writes down how far it is, now and then.
  private final class Told implements Dossier.Progress {
    private Export last;

    Told(Export begun) {
      this.last = begun;
    }

    @Override
    public void at(int done, int total) {
      Instant now = now();
      boolean due = Duration.between(last.touchedAt(), now).compareTo(TELLS) >= 0;
      Export next = last.at(done, total, due ? now : last.touchedAt());
      if (due) {
        next = shelf.put(next);
        if (next == null) {
          throw new Overtaken();
        }
      }
      last = next;
    }
  }

  /// Where what this code fetches lies.
  public static String place(String code) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes("export|" + code)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
