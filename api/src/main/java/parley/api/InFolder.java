package parley.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.inbox.Folder;

/// Where one finds a conversation, as it travels.
enum InFolder {
  INBOX(Folder.INBOX),
  ARCHIVE(Folder.ARCHIVE),
  REQUESTS(Folder.REQUESTS);

  private final Folder folder;

  InFolder(Folder folder) {
    this.folder = folder;
  }

  Folder folder() {
    return folder;
  }

  static @Nullable InFolder of(@Nullable Folder folder) {
    for (InFolder one : values()) {
      if (one.folder == folder) {
        return one;
      }
    }
    return null;
  }

  /// What a conversation can be put into.
  static Parsed<InFolder> parse(String text) {
    for (InFolder one : values()) {
      if (one != REQUESTS && one.toString().equals(text)) {
        return Parsed.good(one);
      }
    }
    return Parsed.bad(
        "folder_unknown", "A conversation is put into the inbox or the archive. Send one.");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
