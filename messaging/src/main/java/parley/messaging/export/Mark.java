package parley.messaging.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.conversation.ConversationId;

/// How far an archive is that is written in parts.
///
/// - `isListed`: what is stored under the person's id is in it.
/// - `own`: which part of their items comes next, or lists the next conversation; null for the
///   first.
/// - `done` of `total` conversations are in it.
/// - `id`: the conversation that comes next, null for the first; `pages` of it are there, up to
///   entry `after`.
record Mark(
    boolean isListed,
    @Nullable String own,
    int done,
    int total,
    @Nullable ConversationId id,
    long after,
    int pages) {
  /// No key and no id has one.
  private static final String SEPARATOR = "\n";

  private static final Mark START = new Mark(false, null, 0, 0, null, 0, 0);

  static Mark parse(@Nullable String text) {
    if (text == null) {
      return START;
    }
    List<String> said = List.of(text.split(SEPARATOR, -1));
    return new Mark(
        Boolean.parseBoolean(said.get(0)),
        said.get(1).isEmpty() ? null : said.get(1),
        Integer.parseInt(said.get(2)),
        Integer.parseInt(said.get(3)),
        said.get(4).isEmpty() ? null : new ConversationId(said.get(4)),
        Long.parseLong(said.get(5)),
        Integer.parseInt(said.get(6)));
  }

  /// Whether this conversation is in an earlier part. They come in the order of their ids.
  boolean isBefore(ConversationId other) {
    return id != null && other.value().compareTo(id.value()) < 0;
  }

  @Override
  public String toString() {
    return String.join(
        SEPARATOR,
        Boolean.toString(isListed),
        own == null ? "" : own,
        Integer.toString(done),
        Integer.toString(total),
        id == null ? "" : id.value(),
        Long.toString(after),
        Integer.toString(pages));
  }
}
