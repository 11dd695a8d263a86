package parley.messaging.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Secret;

/// What the command line shows to a running server: that it knows the deployment's secret, without
/// showing it. `pc_`, a time, who runs it and a signature over these, the method and the path.
///
/// A pass opens one route, for [Limits#OPERATOR_PASS_LIFE] from its making.
public final class OperatorPass {
  private static final Pattern FORM =
      Pattern.compile("pc_([0-9]{1,15})_([A-Za-z0-9.-]{1,32})_([A-Za-z0-9_-]{43})");
  private static final String PURPOSE = "operator-cli";

  private OperatorPass() {}

  /// A pass for one request.
  public static String make(Secret secret, String method, String path, Instant now, String user) {
    String plain = user.replace('_', '-');
    String who = plain.matches("[A-Za-z0-9.-]{1,32}") ? plain : "-";
    String claim = now.toEpochMilli() + "_" + who;
    byte[] signature = signature(secret.key(PURPOSE), method, path, claim);
    return "pc_" + claim + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  /// Whether somebody shows a pass at all, good or not.
  public static boolean isOne(String shown) {
    return shown.startsWith("pc_");
  }

  /// Who shows it; null if it is no good pass for this request now.
  static @Nullable Actor holder(
      Secret secret, String shown, String method, String path, Instant now) {
    Matcher pass = FORM.matcher(shown);
    if (!pass.matches()) {
      return null;
    }
    Instant made = Instant.ofEpochMilli(Long.parseLong(pass.group(1)));
    if (Duration.between(made, now).abs().compareTo(Limits.OPERATOR_PASS_LIFE) > 0) {
      return null;
    }
    String claim = pass.group(1) + "_" + pass.group(2);
    byte[] given = Base64.getUrlDecoder().decode(pass.group(3));
    boolean signed =
        secret.keys(PURPOSE).stream()
            .anyMatch(key -> MessageDigest.isEqual(given, signature(key, method, path, claim)));
    return signed ? Actor.commandLine(pass.group(2)) : null;
  }

  private static byte[] signature(SecretKey key, String method, String path, String claim) {
    return Secret.hmac(key, (method + "\n" + path + "\n" + claim).getBytes(StandardCharsets.UTF_8));
  }
}
