package parley.messaging.inbox;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;

/// Where a person finds a conversation.
public enum Folder {
  INBOX("I"),
  ARCHIVE("A"),
  REQUESTS("R");

  /// What is shown where nothing else is asked for.
  public static final Set<Folder> UNSORTED =
      Collections.unmodifiableSet(EnumSet.of(INBOX, REQUESTS));

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
  /// back with a newer message, unless it is muted. And as long as its person has neither written
  /// in it nor accepted it, somebody whom they do not know is asking.
  static @Nullable Folder of(@Nullable Last last, Mark own, Choice choice) {
    if (last == null || last.seq() <= choice.cleared().seq()) {
      return null;
    }
    if (choice.archived() > 0 && (choice.muted() || last.seq() <= choice.archived())) {
      return ARCHIVE;
    }
    return own.seq() == 0 && !choice.accepted() ? REQUESTS : INBOX;
  }
}
