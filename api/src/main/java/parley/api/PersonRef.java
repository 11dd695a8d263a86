package parley.api;

import parley.messaging.Parsed;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;

/// How a request names a person. No handle contains a hyphen and every id does, so it is never
/// both.
sealed interface PersonRef {
  record ById(UserId id) implements PersonRef {}

  record ByHandle(Handle handle) implements PersonRef {}

  static Parsed<PersonRef> parse(String text) {
    if (UserId.isId(text)) {
      return Parsed.good(new ById(new UserId(text)));
    }
    return switch (Handle.parse(text)) {
      case Parsed.Good<Handle>(Handle handle) -> Parsed.good(new ByHandle(handle));
      case Parsed.Bad<Handle> _ ->
          Parsed.bad(
              "person_invalid",
              "This is neither a handle (2 to 30 of a-z, 0-9 and _) nor an account id (u- followed by"
                  + " 26 of a-z and 2-7).");
    };
  }
}
