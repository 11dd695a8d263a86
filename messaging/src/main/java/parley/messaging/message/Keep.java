package parley.messaging.message;

/// For how long a conversation keeps what is written in it from one of its entries on.
///
/// Every entry carries it, as it carries how many messages there are, so that nobody has to look
/// for it: the newest entry says what holds for the next one. A message vanishes as was said when
/// it was sent, whatever is said later: nobody takes from others what was to stay.
///
/// - `days`: 0 for ever.
/// - `since`: number of the entry that said so last, 0 for none.
/// - `aside`: the days of messages that are hidden from somebody. Other than `days` where a person
///   set them whom the other one has blocked: it holds for what they write themselves.
public record Keep(int days, long since, int aside) {
  public static final Keep FOREVER = new Keep(0, 0, 0);

  /// What holds once entry `seq` has said so; `isHidden` from somebody.
  Keep then(int to, long seq, boolean isHidden) {
    return new Keep(isHidden ? days : to, seq, to);
  }

  /// Whether messages vanish, whoever sees them.
  boolean ends() {
    return days > 0 && aside > 0;
  }
}
