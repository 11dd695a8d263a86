package parley.messaging.operator;

import parley.messaging.Ids;
import parley.messaging.Parsed;

/// The id of an operator's token: `o-` and the first 130 bits of its hash. It lets nobody in.
public record OperatorId(String value) {
  private static final String PREFIX = "o-";

  public OperatorId {
    if (!Ids.isId(PREFIX, value)) {
      throw new IllegalArgumentException("not a token's id: it is o- and 26 of a-z2-7");
    }
  }

  public static Parsed<OperatorId> parse(String text) {
    return Ids.isId(PREFIX, text)
        ? Parsed.good(new OperatorId(text))
        : Parsed.bad(
            "operator_id_invalid",
            "A token's id is o- followed by 26 of a-z and 2-7, as `parley operator token list` shows"
                + " it.");
  }

  static OperatorId ofHash(byte[] hash) {
    return new OperatorId(Ids.encode(PREFIX, hash));
  }

  @Override
  public String toString() {
    return value;
  }
}
