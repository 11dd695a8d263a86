package parley.table;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How items look to a person: by the name of their entity, each in a colour of its own where there
/// are colours, and without what people wrote unless that was asked for.
public record Ink(boolean colours, boolean showsText) {
  private static final String NOT_OURS = "not Parley's";
  private static final String RESET = "\u001b[0m";
  private static final int LABEL_WIDTH = 24;
  private static final int VALUE_MAX = 60;

  /// One line: entity, key, attributes by name.
  String line(Map<String, AttributeValue> item) {
    Entity entity = entity(item);
    String label = label(entity);
    StringBuilder line =
        new StringBuilder(paint(entity, label))
            .append(" ".repeat(Math.max(1, LABEL_WIDTH - label.length())))
            .append(bold(key(item, TableDesign.PK) + "  " + key(item, TableDesign.SK)));
    new TreeMap<>(item)
        .forEach((name, value) -> {
          if (!name.equals(TableDesign.PK) && !name.equals(TableDesign.SK)) {
            line.append("  ").append(faint(name + "=")).append(shown(name, value));
          }
        });
    return line.toString();
  }

  /// The same for programs: `{"entity": …, "item": {…}}`, the item as DynamoDB JSON.
  String json(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> visible = new HashMap<>(item);
    visible.replaceAll(
        (name, value) -> isHidden(name, value) ? AttributeValue.fromS(hidden(value)) : value);
    return "{\"entity\":"
        + DynamoJson.text(label(entity(item)))
        + ",\"item\":"
        + DynamoJson.itemText(visible)
        + "}";
  }

  static @Nullable Entity entity(Map<String, AttributeValue> item) {
    return Entity.of(key(item, TableDesign.PK), key(item, TableDesign.SK)).orElse(null);
  }

  static String label(@Nullable Entity entity) {
    return entity == null ? NOT_OURS : entity.label();
  }

  static String key(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  private String shown(String name, AttributeValue value) {
    if (isHidden(name, value)) {
      return faint(hidden(value));
    }
    String text =
        switch (value.type()) {
          case S -> value.s();
          case N -> value.n();
          case BOOL -> value.bool().toString();
          case SS -> String.join(",", value.ss());
          case B, NUL, NS, BS, L, M, UNKNOWN_TO_SDK_VERSION ->
              DynamoJson.text(DynamoJson.value(value));
        };
    String printable = printable(text);
    return printable.length() <= VALUE_MAX ? printable : printable.substring(0, VALUE_MAX) + "…";
  }

  /// Whoever wrote it could write to the terminal with it.
  static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at < ' ' || at == 0x7f) {
        return text.replaceAll("\\p{Cntrl}", "\u00b7");
      }
    }
    return text;
  }

  boolean isHidden(String name, AttributeValue value) {
    return value.s() != null
        && (TableDesign.SECRETS.contains(name) || !showsText && TableDesign.WORDS.contains(name));
  }

  private static String hidden(AttributeValue value) {
    return hidden(value.s());
  }

  /// What stands where somebody's words would.
  static String hidden(String text) {
    return "(" + text.codePointCount(0, text.length()) + " characters, hidden)";
  }

  String paint(@Nullable Entity entity, String text) {
    return styled("38;5;" + colour(entity), text);
  }

  String bold(String text) {
    return styled("1", text);
  }

  String faint(String text) {
    return styled("2", text);
  }

  private String styled(String style, String text) {
    return colours ? "\u001b[" + style + "m" + text + RESET : text;
  }

  /// Of the 256 colours of terminals, ones that can be read on black and on white.
  private static int colour(@Nullable Entity entity) {
    return switch (entity) {
      case null -> 245;
      case ACCOUNT -> 33;
      case CREDENTIAL -> 61;
      case SESSION -> 67;
      case TICKET -> 73;
      case CONNECTION -> 79;
      case SESSION_CONNECTION -> 80;
      case HANDLE -> 37;
      case IDENTITY, RELINK -> 31;
      case FAILURES -> 167;
      case HEAD -> 172;
      case ENTRY -> 136;
      case ROW -> 70;
      case BLOCK -> 131;
      case BLOCKED_BY -> 132;
      case APPROACHES -> 168;
      case DEPLOYMENT -> 103;
      case LEDGER -> 104;
      case SWEEP -> 105;
      case OPERATOR -> 133;
      case AUDIT -> 139;
      case REPORT -> 125;
      case ERASURE -> 166;
      case RECEIPT -> 101;
      case CHECKPOINT -> 102;
      case SET_ASIDE -> 160;
    };
  }
}
