package parley.messaging.erasure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.UserId;

/// The receipts of erasures: text for people, a line each of what was removed and of what remains,
/// for how long and why; signed with the deployment's secret.
public final class Receipts {
  private static final String TITLE = "Parley erasure receipt 1";
  private static final String ACCOUNT = "account: ";
  private static final String SIGNATURE = "signature: ";
  private static final String PURPOSE = "erasure-receipt";

  private final Secret secret;
  private final List<String> remains;
  private final boolean keepsArchives;

  /// `remains`: a sentence for each place that holds something for longer, such as backups;
  /// `keepsArchives`: whether archives for people lie somewhere, which is then searched as well.
  public Receipts(Secret secret, List<String> remains, boolean keepsArchives) {
    this.secret = secret;
    this.remains = List.copyOf(remains);
    this.keepsArchives = keepsArchives;
  }

  String write(Erasure job, Instant finishedAt) {
    StringBuilder text = new StringBuilder();
    line(text, TITLE);
    line(text, ACCOUNT + job.user());
    line(text, "handle: " + job.handle());
    line(text, "asked: " + job.askedAt());
    line(text, "due: " + job.dueAt());
    line(text, "finished: " + finishedAt);
    new TreeMap<>(job.removed())
        .forEach((what, count) -> line(text, "removed: " + what + ", at least " + count));
    line(
        text,
        "searched: the whole table"
            + (keepsArchives ? " and where archives for people lie" : "")
            + ", and nothing of the account was found but what remains below");
    line(
        text,
        "remains: in each conversation, that somebody wrote, under which number and when; no text"
            + " and no sender");
    line(
        text,
        "remains: in the table's change stream, for up to "
            + Limits.ERASURE_LAST_SWEEP_AFTER.toHours()
            + " hours after the last removal, which nobody can shorten");
    line(
        text,
        "remains: in reports that others made of what it wrote: those messages and its id, for "
            + Limits.REPORT_LIFE.toDays()
            + " days after each report, for the operators who look into it");
    remains.forEach(what -> line(text, "remains: " + what));
    line(text, "deployment: " + secret.fingerprint());
    return text + SIGNATURE + sign(secret.key(PURPOSE), text.toString()) + "\n";
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }

  /// What a receipt turned out to be.
  public sealed interface Checked {
    /// This deployment gave it out, about this account.
    record Genuine(UserId user) implements Checked {}

    /// It is no receipt, was changed, or is another deployment's.
    record Forged(String why) implements Checked {}
  }

  /// Whether this deployment wrote this receipt, as it is.
  public Checked check(String receipt) {
    String text = receipt.replace("\r\n", "\n");
    int at = text.lastIndexOf(SIGNATURE);
    if (!text.startsWith(TITLE + "\n") || at < 0) {
      return new Checked.Forged(
          "This is no receipt of an erasure: one begins with \"" + TITLE + "\".");
    }
    String signed = text.substring(0, at);
    String signature = text.substring(at + SIGNATURE.length()).strip();
    for (SecretKey key : secret.keys(PURPOSE)) {
      if (MessageDigest.isEqual(bytes(sign(key, signed)), bytes(signature))) {
        UserId user = user(signed);
        return user == null
            ? new Checked.Forged("This receipt is signed, and names no account.")
            : new Checked.Genuine(user);
      }
    }
    return new Checked.Forged(
        "The signature is not this deployment's, or the receipt was changed since it was handed"
            + " out.");
  }

  private static @Nullable UserId user(String text) {
    return text.lines()
        .filter(line -> line.startsWith(ACCOUNT))
        .map(line -> line.substring(ACCOUNT.length()))
        .filter(UserId::isId)
        .map(UserId::new)
        .findFirst()
        .orElse(null);
  }

  private static String sign(SecretKey key, String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secret.hmac(key, bytes(text)));
  }

  /// What is kept of a receipt that was handed out.
  static String digest(String receipt) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(receipt)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
