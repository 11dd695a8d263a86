package parley.messaging.inbox;

import org.jspecify.annotations.Nullable;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;

/// Where a person finds a conversation.
public enum Folder {
  INBOX("I"),
  ARCHIVE("A");

  private final String code;

  Folder(String code) {
    this.code = code;
  }

  /// What places call it.
  public String code() {
    return code;
  }

  static Folder of(String code) {
    for (Folder folder : values()) {
      if (folder.code.equals(code)) {
        return folder;
      }
    }
    throw new IllegalArgumentException("no folder is called " + code);
  }

  /// The one rule of which conversation is where; null for nowhere. It follows from the newest
  /// message, from what the person wrote, and from what they chose, so that the projection, the
  /// person's own writes and a rebuild come to the same.
  ///
  /// One that was deleted is nowhere until there is a newer message. One that was archived comes
  /// back with a newer message, unless it is muted.
  static @Nullable Folder of(@Nullable Last last, Mark own, Choice choice) {
    if (last == null || last.seq() <= choice.cleared().seq()) {
      return null;
    }
    if (choice.archived() > 0 && (choice.muted() || last.seq() <= choice.archived())) {
      return ARCHIVE;
    }
    return INBOX;
  }
}
