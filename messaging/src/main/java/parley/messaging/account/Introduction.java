package parley.messaging.account;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Parsed;

/// How an identity provider introduces somebody: the handle and the name that they would like, as
/// far as these can be had.
public record Introduction(Handle wish, DisplayName displayName) {
  /// What nobody has said a name for is called.
  private static final String NAMELESS = "user";

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_IN_HANDLES = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^_+|_+$");

  /// Out of what a provider said, the best first: `handles` are what somebody might be found by,
  /// `names` what they might be called. Null and empty texts are passed over.
  ///
  /// No handle is made of an e-mail address: it would tell everybody half of it.
  public static Introduction of(List<@Nullable String> handles, List<@Nullable String> names) {
    Handle wish = new Handle(NAMELESS);
    for (@Nullable String text : handles) {
      Handle handle = text == null || text.contains("@") ? null : handle(text);
      if (handle != null) {
        wish = handle;
        break;
      }
    }
    for (@Nullable String text : names) {
      if (text != null
          && DisplayName.parse(shortened(text)) instanceof Parsed.Good<DisplayName>(var name)) {
        return new Introduction(wish, name);
      }
    }
    return new Introduction(wish, new DisplayName(wish.value()));
  }

  /// The same of one handle and one name, null for none.
  public static Introduction of(@Nullable String handle, @Nullable String name) {
    return of(Arrays.asList(handle), Arrays.asList(name));
  }

  /// The handle that comes closest to a text, null if none does.
  private static @Nullable Handle handle(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String lowered = plain.toLowerCase(java.util.Locale.ROOT);
    String joined = EDGES.matcher(NOT_IN_HANDLES.matcher(lowered).replaceAll("_")).replaceAll("");
    return Handle.parse(cut(joined, Limits.HANDLE_MAX)) instanceof Parsed.Good<Handle>(var handle)
        ? handle
        : null;
  }

  private static String shortened(String name) {
    int most = Limits.DISPLAY_NAME_CODE_POINTS;
    return name.codePointCount(0, name.length()) <= most
        ? name
        : name.substring(0, name.offsetByCodePoints(0, most));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /// The handle with a number behind it, within its length.
  Handle numbered(int number) {
    String behind = Integer.toString(number);
    return new Handle(cut(wish.value(), Limits.HANDLE_MAX - behind.length()) + behind);
  }
}
