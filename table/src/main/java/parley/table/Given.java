package parley.table;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.operator.OperatorId;
import parley.server.Refused;

/// What a pattern is asked about, by name: whoever asks for a name makes it an argument. With no
/// values at all, each name has a stand-in, and so the arguments of a pattern are found by running
/// it dry.
final class Given {
  private static final long SEQ = 888_888_888_888L;

  /// What stands in for an argument, and how it is shown.
  private static final Map<String, String> STAND_INS =
      Map.ofEntries(
          Map.entry("user", "u-useruseruseruseruseruserus"),
          Map.entry("other", "u-otherotherotherotherothero"),
          Map.entry("conversation", "c-conversationconversationco"),
          Map.entry("handle", "zqhandle"),
          Map.entry("prefix", "zqprefix"),
          Map.entry("session", "5e551011".repeat(8)),
          Map.entry("ticket", "71c4e7"),
          Map.entry("connection", "c0ec7104"),
          Map.entry("mark", "markmark"),
          Map.entry("pair", "pairpair"),
          Map.entry("issuer", "https://issuer.issuer"),
          Map.entry("subject", "subjectsubject"),
          Map.entry("operator", "o-operatoroperatoroperatorop"),
          Map.entry("stream", "streamstream"),
          Map.entry("shard", "shardshard"),
          Map.entry("place", "91ace"),
          Map.entry("seq", Long.toString(SEQ)));

  private final @Nullable Map<String, String> values;
  private final Function<Handle, @Nullable UserId> owners;
  private final List<String> asked = new ArrayList<>();

  private Given(@Nullable Map<String, String> values, Function<Handle, @Nullable UserId> owners) {
    this.values = values;
    this.owners = owners;
  }

  /// Stand-ins for everything.
  static Given nothing() {
    return new Given(null, _ -> null);
  }

  /// `owners` says whose a handle is: people can be named by either.
  static Given of(Map<String, String> values, Function<Handle, @Nullable UserId> owners) {
    return new Given(new LinkedHashMap<>(values), owners);
  }

  /// What was asked for, in that order.
  List<String> asked() {
    return List.copyOf(asked);
  }

  private String text(String name) {
    if (!asked.contains(name)) {
      asked.add(name);
    }
    return Objects.requireNonNull((values == null ? STAND_INS : values).get(name), name);
  }

  UserId user() {
    return person("user");
  }

  UserId other() {
    return person("other");
  }

  private UserId person(String name) {
    String text = text(name);
    if (UserId.isId(text)) {
      return new UserId(text);
    }
    UserId owner = owners.apply(good(Handle.parse(text)));
    if (owner == null) {
      throw Refused.input("Nobody has the handle " + text + ". Give another, or an account's id.");
    }
    return owner;
  }

  ConversationId conversation() {
    return good(ConversationId.parse(text("conversation")));
  }

  Handle handle() {
    return values == null ? new Handle(text("handle")) : good(Handle.parse(text("handle")));
  }

  Identity identity() {
    return good(Identity.parse(text("issuer"), text("subject")));
  }

  String prefix() {
    String prefix = text("prefix");
    if (prefix.length() < 2) {
      throw Refused.input("A prefix is two letters or more; not " + prefix + ".");
    }
    return prefix;
  }

  SessionId session() {
    String text = text("session");
    if (!text.matches("[0-9a-f]{64}")) {
      throw Refused.input(
          "A session is 64 hexadecimal digits, the hash of its token, as `parley table scan --entity"
              + " session` shows it.");
    }
    return new SessionId(text);
  }

  OperatorId operator() {
    return good(OperatorId.parse(text("operator")));
  }

  String word(String name) {
    return text(name);
  }

  long seq() {
    String text = text("seq");
    if (!text.matches("[0-9]{1,12}")) {
      throw Refused.input("seq is the number of an entry, 1 or more; not " + text + ".");
    }
    return Long.parseLong(text);
  }

  private static <T> T good(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Good<T>(T value) -> value;
      case Parsed.Bad<T> bad -> throw Refused.input(bad.message());
    };
  }

  /// A key that was put together from stand-ins, as a template.
  static String template(String key) {
    String template =
        key.replace("H#zq", "H#{firstTwoLetters}")
            .replace(Long.toString(SEQ + 1), "{seq + 1}")
            .replace(Long.toString(SEQ - 1), "{seq - 1}")
            .replace(LocalDate.ofInstant(Scenarios.DRY_NOW, ZoneOffset.UTC).toString(), "{day}")
            .replace(Long.toString(Scenarios.DRY_NOW.toEpochMilli()) + Scenarios.LINE, "{time}")
            .replace(Long.toString(Scenarios.DRY_NOW.toEpochMilli()), "{time}");
    for (Map.Entry<String, String> each : STAND_INS.entrySet()) {
      template = template.replace(each.getValue(), "{" + each.getKey() + "}");
    }
    return template;
  }
}
