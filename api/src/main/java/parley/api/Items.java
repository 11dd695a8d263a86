package parley.api;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;
import parley.messaging.message.Vanishing;

/// What a conversation consists of, as it travels: one record a kind, told apart by `kind`.
final class Items {
  static final String SEQ = "Its number in the conversation: 1, 2, 3, with no gap.";
  static final String AT = "When it happened. Never before the entry before it.";
  static final String FROM = "Who did it.";
  static final String CLIENT_ID =
      "The id that its sender gave it. Only its sender is told; left out for others.";

  private Items() {}

  @Wire(
      name = "Item",
      doc =
          "One thing that happened in a conversation. More kinds may come: pass over those that"
              + " you do not know, and do not forget their numbers.")
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  sealed interface Item {}

  @Wire(name = "Message", doc = "A message, as it is now.")
  @JsonTypeName("message")
  record Message(
      @Doc(SEQ) long seq,
      @Doc(FROM) UserId from,
      @Doc(AT) Instant at,
      @JsonInclude(NON_NULL) @Doc("What it says. Left out when it was unsent, or has vanished.")
          @Nullable Text text,
      @JsonInclude(NON_NULL) @Doc("True when it was unsent, else left out.")
          @Nullable Boolean unsent,
      @JsonInclude(NON_NULL)
          @Doc("The number of the edit or unsend that it reflects. Left out where there is none.")
          @Nullable Long rev,
      @JsonInclude(NON_NULL)
          @Doc("When it vanishes: let go of it then. Left out where it does not.")
          @Nullable Instant expiresAt,
      @JsonInclude(NON_NULL) @Doc(CLIENT_ID) @Nullable ClientId clientId)
      implements Item {}

  @Wire(name = "Edit", doc = "A message was given another text.")
  @JsonTypeName("edit")
  record Edit(
      @Doc(SEQ) long seq,
      @Doc(FROM) UserId from,
      @Doc(AT) Instant at,
      @Doc("The number of the message.") long target,
      @Doc("What the message says from here on.") Text text,
      @JsonInclude(NON_NULL) @Doc(CLIENT_ID) @Nullable ClientId clientId)
      implements Item {}

  @Wire(name = "Unsend", doc = "The text of a message was taken away. Its number stays.")
  @JsonTypeName("unsend")
  record Unsend(
      @Doc(SEQ) long seq,
      @Doc(FROM) UserId from,
      @Doc(AT) Instant at,
      @Doc("The number of the message.") long target,
      @JsonInclude(NON_NULL) @Doc(CLIENT_ID) @Nullable ClientId clientId)
      implements Item {}

  @Wire(name = "MembersChange", doc = "Who is in the conversation from here on.")
  @JsonTypeName("members")
  record Members(
      @Doc(SEQ) long seq,
      @Doc(FROM) UserId from,
      @Doc(AT) Instant at,
      @Doc("All who are in it now.") List<UserId> members,
      @Doc("Those who are no longer in it.") List<UserId> left)
      implements Item {
    Members {
      members = List.copyOf(members);
      left = List.copyOf(left);
    }
  }

  @Wire(
      name = "Retention",
      doc = "Messages from here on vanish some days after they were sent, or no longer do.")
  @JsonTypeName("retention")
  record Retention(
      @Doc(SEQ) long seq,
      @Doc(FROM) UserId from,
      @Doc(AT) Instant at,
      @Doc("After how many days, 0 for never. A deployment may keep them for less.") int days,
      @JsonInclude(NON_NULL) @Doc(CLIENT_ID) @Nullable ClientId clientId)
      implements Item {}

  @Wire(
      name = "OtherChange",
      doc =
          "Something that nothing is left of, such as an edit of what was unsent, or that this"
              + " version of the server does not know.")
  @JsonTypeName("other")
  record Other(@Doc(SEQ) long seq, @Doc(AT) Instant at) implements Item {}

  @Wire(
      name = "Hidden",
      doc = "Nothing for the one who asks: somebody wrote it whom they had blocked.")
  @JsonTypeName("hidden")
  record Hidden(@Doc(SEQ) long seq) implements Item {}

  @Wire(name = "Vanished", doc = "A message, or an edit of one, whose time is over.")
  @JsonTypeName("vanished")
  record Vanished(@Doc(SEQ) long seq) implements Item {}

  /// An entry, as `reader` may see it.
  static Item of(Entry.Stamped entry, UserId reader, Vanishing vanishing) {
    return switch (entry) {
      case Entry.Message message -> message(message, reader, vanishing);
      // Its message was unsent, which an entry further on says: nothing is left to tell.
      case Entry.Edit edit when edit.text() == null -> new Other(edit.seq(), edit.at());
      case Entry.Edit edit -> edit(edit, Objects.requireNonNull(edit.text()), reader);
      case Entry.Unsend unsend ->
          new Unsend(
              unsend.seq(), unsend.from(), unsend.at(), unsend.target(), own(unsend, reader));
      case Entry.Members change ->
          new Members(
              change.seq(),
              change.from(),
              change.at(),
              change.members().stream().sorted().toList(),
              change.left().stream().sorted().toList());
      case Entry.Retention change ->
          new Retention(
              change.seq(), change.from(), change.at(), change.days(), own(change, reader));
      case Entry.Other other when other.kind().equals(Entry.Other.HIDDEN) ->
          new Hidden(other.seq());
      case Entry.Other other when other.kind().equals(Entry.Other.VANISHED) ->
          new Vanished(other.seq());
      case Entry.Other other -> new Other(other.seq(), other.at());
    };
  }

  private static Message message(Entry.Message message, UserId reader, Vanishing vanishing) {
    return new Message(
        message.seq(),
        message.from(),
        message.at(),
        message.text(),
        message.text() == null && !message.vanished() ? true : null,
        message.rev() > 0 ? message.rev() : null,
        vanishing.endOf(message.age()),
        own(message, reader));
  }

  /// An edit to `text`, which its entry may have lost since.
  static Edit edit(Entry.Edit edit, Text text, UserId reader) {
    return new Edit(edit.seq(), edit.from(), edit.at(), edit.target(), text, own(edit, reader));
  }

  private static @Nullable ClientId own(Entry.Authored entry, UserId reader) {
    return entry.from().equals(reader) ? entry.clientId() : null;
  }

  /// Everybody whom an entry names.
  static Stream<UserId> people(Entry.Stamped entry) {
    return switch (entry) {
      case Entry.Members change ->
          Stream.of(Stream.of(change.from()), change.members().stream(), change.left().stream())
              .flatMap(ids -> ids);
      case Entry.Authored authored -> Stream.of(authored.from());
      case Entry.Other _ -> Stream.empty();
    };
  }
}
