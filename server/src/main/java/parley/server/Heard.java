package parley.server;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.host.Services;
import parley.messaging.account.Account;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.message.Entry;
import parley.store.StreamPump;

/// What this process does with what the stream tells: it keeps its memory up to date, and says it
/// to the people who are connected here.
///
/// @param inspector who shows the table to operators, null for nobody
record Heard(Services services, @Nullable Inspector inspector) implements StreamPump.Listener {
  @Override
  public void itemChanged(String pk, String sk, boolean gone, Instant at) {
    if (inspector != null) {
      inspector.heard(pk, sk, gone, at);
    }
  }

  @Override
  public void appended(ConversationId id, Entry entry) {
    services.tails().heard(id, entry);
    services.audience().appended(id, entry);
  }

  @Override
  public void accountChanged(UserId user) {
    services.accounts().forget(user);
  }

  @Override
  public void accountIs(Account account) {
    services.audience().accountChanged(account);
  }

  @Override
  public void accountIsNone(UserId user) {
    services.audience().accountGone(user);
  }

  @Override
  public void rowChanged(InboxRow row, boolean byReader) {
    services.clearings().heard(row);
    services.audience().rowChanged(row, byReader);
  }

  @Override
  public void blockChanged(UserId blocker, UserId blocked, boolean isThere) {
    services.blocks().heard(blocker, blocked);
    services.audience().blockChanged(blocker, blocked, isThere);
  }

  @Override
  public void sessionEnded(SessionId session) {
    services.audience().sessionEnded(session);
  }
}
