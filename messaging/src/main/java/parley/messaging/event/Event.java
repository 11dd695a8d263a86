package parley.messaging.event;

import parley.messaging.account.Account;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.message.Entry;

/// Something that a person's open connections should know.
public sealed interface Event {
  /// An entry was appended. `row` is the conversation as it stands in this person's inbox with it.
  record Appended(Entry.Authored entry, InboxRow row) implements Event {}

  /// This person has read up to entry `seq`, on one of their connections.
  record Read(ConversationId conversation, UserId account, long seq, long unread)
      implements Event {}

  /// A row of this person's inbox changed otherwise.
  record RowChanged(InboxRow row) implements Event {}

  /// This person's account changed.
  record AccountChanged(Account account) implements Event {}

  /// This person blocked somebody, or took that back, on one of their connections.
  record BlockChanged(UserId account, boolean blocked) implements Event {}

  /// Events were left out: ask for what was missed.
  record Resync() implements Event {}

  /// The answer to a client that wants to know whether anybody is there.
  record Pong() implements Event {}
}
