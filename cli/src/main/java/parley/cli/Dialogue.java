package parley.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.messaging.Parsed;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.message.Text;
import parley.server.Refused;

/// What two people said to each other, line by line.
record Dialogue(List<Speaker> speakers, List<Line> lines) {
  /// A person of a dialogue.
  record Speaker(Handle handle, DisplayName name) {}

  /// What one of them said; `number` is the line's in its file, from 1.
  record Line(int number, Speaker speaker, Text text) {}

  private static final long MAX_BYTES = 64L * 1024 * 1024;

  Dialogue {
    speakers = List.copyOf(speakers);
    lines = List.copyOf(lines);
  }

  /// Reads a file. What is wrong with it is said with the number of the line.
  static Dialogue read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw Refused.input(file + " has more than 64 MB: split it.");
      }
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw Refused.input("There is no file " + file + ".");
    } catch (IOException e) {
      throw Refused.input("The file " + file + " cannot be read: " + e.getMessage());
    }
  }

  /// The dialogue that comes with Parley.
  static Dialogue sample() {
    try (InputStream in = Dialogue.class.getResourceAsStream("dialogue.txt")) {
      if (in == null) {
        throw new IllegalStateException("the sample dialogue is missing from this build");
      }
      return parse("the sample dialogue", in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the sample dialogue cannot be read", e);
    }
  }

  static Dialogue parse(String name, byte[] bytes) {
    Map<String, Speaker> speakers = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (byte[] raw : split(bytes)) {
      number++;
      String where = name + ", line " + number + ": ";
      String line = decode(where, raw);
      if (number == 1 && line.startsWith("\ufeff")) {
        line = line.substring(1);
      }
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw Refused.input(where + "a line is `name: text`, and here is no name before a colon.");
      }
      String label = line.substring(0, colon).strip();
      Speaker speaker = speakers.get(label);
      if (speaker == null) {
        speaker = speaker(where, label);
        speakers.put(label, speaker);
      }
      if (speakers.size() > 2) {
        throw Refused.input(
            where + label + " is a third speaker; a dialogue is between two people.");
      }
      lines.add(new Line(number, speaker, text(where, line.substring(colon + 1).strip())));
    }
    if (speakers.size() != 2) {
      throw Refused.input(
          name + " has " + speakers.size() + " speakers; a dialogue is between two people.");
    }
    List<Speaker> two = List.copyOf(speakers.values());
    if (two.get(0).handle().equals(two.get(1).handle())) {
      throw Refused.input(
          name
              + ": both speakers would get the handle "
              + two.get(0).handle()
              + ". Give them names that differ in letters or digits.");
    }
    return new Dialogue(two, lines);
  }

  private static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        int to = i > from && bytes[i - 1] == '\r' ? i - 1 : i;
        lines.add(java.util.Arrays.copyOfRange(bytes, from, to));
        from = i + 1;
      }
    }
    return lines;
  }

  private static String decode(String where, byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      throw Refused.input(where + "this is not UTF-8. Save the file as UTF-8.");
    }
  }

  /// `Person 1` becomes the handle `person_1`; accents go.
  private static Speaker speaker(String where, String label) {
    String plain =
        Normalizer.normalize(label, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_]+", "_")
            .replaceAll("^_+|_+$", "");
    if (!(Handle.parse(plain) instanceof Parsed.Good<Handle>(Handle handle))) {
      throw Refused.input(
          where
              + "no handle can be made of the name `"
              + label
              + "`. Use a name of 2 to 30 letters a-z, digits, spaces or _.");
    }
    return switch (DisplayName.parse(label)) {
      case Parsed.Good<DisplayName>(DisplayName name) -> new Speaker(handle, name);
      case Parsed.Bad<DisplayName>(_, String message) -> throw Refused.input(where + message);
    };
  }

  private static Text text(String where, String text) {
    return switch (Text.parse(text)) {
      case Parsed.Good<Text>(Text good) -> good;
      case Parsed.Bad<Text>(_, String message) -> throw Refused.input(where + message);
    };
  }
}
