package parley.messaging.inbox;

import org.jspecify.annotations.Nullable;

/// Where the next page of an inbox begins.
///
/// - `below`: rows at or above this position have been shown, in exact order.
/// - `ceiling`: rows whose place is at or above this one have all been shown.
/// - `floor`, `within`: while a crowd of more than [parley.messaging.Limits#INBOX_CANDIDATES] rows
///   of one quarter of an hour is being shown, it is shown in portions: `floor` is the last place
///   of the portion at hand, `within` the last position shown of it.
public record InboxCursor(
    @Nullable Position below,
    @Nullable Place ceiling,
    @Nullable Place floor,
    @Nullable Position within) {
  static final InboxCursor TOP = new InboxCursor(null, null, null, null);
}
