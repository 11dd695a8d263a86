package parley.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file in which an operator describes one thing, a line each: name=value. The file's own name,
/// without its ending, is what the thing is called here.
record PropertyFile(Path file, String id, Properties said) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");
  private static final String ENDING = ".properties";

  /// Reads one that may have these lines; `thing` is what it describes, for people.
  ///
  /// @throws Refused if it has others, or cannot be read
  static PropertyFile read(Path file, String thing, Set<String> keys) {
    String name = String.valueOf(file.getFileName());
    String id = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    if (!ID.matcher(id).matches()) {
      throw Refused.option(
          "The name of the file "
              + file
              + " is what "
              + thing
              + " is called here and in addresses: 1 to 32 of a-z, 0-9 and -, then .properties. Rename"
              + " it.");
    }
    Properties said = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      said.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(
          Refused.Why.OPTION,
          "The file " + file + " cannot be read as " + thing + ", a line each: name=value.",
          e);
    }
    for (String key : new TreeSet<>(said.stringPropertyNames())) {
      if (!keys.contains(key)) {
        throw Refused.option(
            "The file "
                + file
                + " has a line for "
                + key
                + ". Those that there are: "
                + String.join(", ", new TreeSet<>(keys))
                + ".");
      }
    }
    return new PropertyFile(file, id, said);
  }

  String required(String key) {
    String value = otherwise(key, "");
    if (value.isEmpty()) {
      throw Refused.option("The file " + file + " has no line " + key + "=, and needs one.");
    }
    return value;
  }

  String otherwise(String key, String value) {
    return said.getProperty(key, value).strip();
  }

  @Nullable String orNull(String key) {
    return said.getProperty(key);
  }

  static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
  }
}
