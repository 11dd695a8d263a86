package parley.server;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.host.oidc.ProviderSettings;
import parley.messaging.Parsed;

/// The files in which operators say which identity providers there are, one each.
public final class ProviderFile {
  private static final String ENDING = ".properties";
  private static final Set<String> KEYS =
      Set.of(
          "issuer",
          "name",
          "client-id",
          "client-secret-file",
          "audience",
          "scopes",
          "handle-claims",
          "name-claims");

  private ProviderFile() {}

  /// Reads all of them, in the order in which people are offered them.
  ///
  /// @throws Refused if one says something else, or two have the same name or the same issuer
  public static List<ProviderSettings> readAll(List<Path> files) {
    List<ProviderSettings> all = files.stream().map(ProviderFile::read).toList();
    long ids = all.stream().map(ProviderSettings::id).distinct().count();
    long issuers = all.stream().map(ProviderSettings::issuer).distinct().count();
    if (ids < all.size() || issuers < all.size()) {
      throw Refused.option(
          "Two files of --oidc-provider have the same name, or the same issuer. Leave one out.");
    }
    return all;
  }

  /// Reads one. The name of the file, without its ending, is what it goes by in addresses.
  ///
  /// @throws Refused if the file says something else
  static ProviderSettings read(Path file) {
    String fileName = String.valueOf(file.getFileName());
    String id =
        fileName.endsWith(ENDING)
            ? fileName.substring(0, fileName.length() - ENDING.length())
            : fileName;
    if (ProviderSettings.parseId(id) instanceof Parsed.Bad<String>) {
      throw Refused.option(
          "The name of the file "
              + file
              + " is what the identity provider goes by in addresses: 1 to 32 of a-z, 0-9 and -, then"
              + " .properties. Rename it.");
    }
    Properties said = properties(file);
    String issuer = required(said, "issuer", file);
    return new ProviderSettings(
        id,
        said.getProperty("name", id).strip(),
        issuer(issuer, file),
        required(said, "client-id", file),
        secret(said.getProperty("client-secret-file"), file),
        said.getProperty("audience"),
        words(said.getProperty("scopes"), ProviderSettings.SCOPES),
        words(said.getProperty("handle-claims"), ProviderSettings.HANDLE_CLAIMS),
        words(said.getProperty("name-claims"), ProviderSettings.NAME_CLAIMS));
  }

  private static Properties properties(Path file) {
    Properties said = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      said.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(
          Refused.Why.OPTION,
          "The file " + file + " cannot be read as an identity provider, a line each: name=value.",
          e);
    }
    for (String key : new TreeSet<>(said.stringPropertyNames())) {
      if (!KEYS.contains(key)) {
        throw Refused.option(
            "The file "
                + file
                + " has a line for "
                + key
                + ". Those that there are: "
                + String.join(", ", new TreeSet<>(KEYS))
                + ".");
      }
    }
    return said;
  }

  private static String required(Properties said, String key, Path file) {
    String value = said.getProperty(key, "").strip();
    if (value.isEmpty()) {
      throw Refused.option("The file " + file + " has no line " + key + "=, and needs one.");
    }
    return value;
  }

  private static URI issuer(String text, Path file) {
    return switch (ProviderSettings.parseIssuer(text)) {
      case Parsed.Good<URI>(URI issuer) -> issuer;
      case Parsed.Bad<URI> _ ->
          throw Refused.option(
              "The issuer in "
                  + file
                  + " is the https URL by which the provider names itself, without ? and #; http is for a"
                  + " provider on this machine only. Write it as its own configuration has it.");
    };
  }

  private static @Nullable String secret(@Nullable String named, Path file) {
    if (named == null) {
      return null;
    }
    Path secret = file.resolveSibling(named.strip());
    PrivateFile.check(secret);
    try {
      String text = Files.readString(secret).strip();
      if (text.isEmpty()) {
        throw Refused.option("The secret file " + secret + ", which " + file + " names, is empty.");
      }
      return text;
    } catch (IOException e) {
      throw new Refused(
          Refused.Why.OPTION,
          "The secret file " + secret + ", which " + file + " names, cannot be read.",
          e);
    }
  }

  private static List<String> words(@Nullable String text, List<String> usual) {
    if (text == null) {
      return usual;
    }
    return Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
  }
}
