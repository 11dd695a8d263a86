package parley.messaging.erasure;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import javax.crypto.SecretKey;
import parley.messaging.Ids;
import parley.messaging.Secret;
import parley.messaging.account.UserId;

/// What a ledger of erased accounts holds of each of them: a keyed hash of the account's id, which
/// tells nobody without the deployment's secret who it was.
public final class ErasedNames {
  private final SecretKey key;

  public ErasedNames(Secret secret) {
    this.key = secret.permanentKey("erasure-ledger");
  }

  public String of(UserId user) {
    return hash("user|" + user);
  }

  /// One for all of these together, in their order.
  public String ofAll(Collection<String> names) {
    return hash(String.join("\n", names));
  }

  private String hash(String text) {
    return Ids.encode("", Secret.hmac(key, text.getBytes(StandardCharsets.US_ASCII)));
  }
}
