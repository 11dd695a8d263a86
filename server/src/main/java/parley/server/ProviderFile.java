package parley.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.host.oidc.ProviderSettings;
import parley.messaging.Parsed;

/// The files in which operators say which identity providers there are, one each.
public final class ProviderFile {
  private static final Set<String> KEYS =
      Set.of(
          "issuer",
          "name",
          "client-id",
          "client-secret-file",
          "audience",
          "scopes",
          "handle-claims",
          "name-claims",
          "trusted",
          "relink-claim");

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
    PropertyFile said = PropertyFile.read(file, "an identity provider", KEYS);
    return new ProviderSettings(
        said.id(),
        said.otherwise("name", said.id()),
        issuer(said.required("issuer"), file),
        said.required("client-id"),
        secret(said.orNull("client-secret-file"), file),
        said.orNull("audience"),
        words(said.orNull("scopes"), ProviderSettings.SCOPES),
        words(said.orNull("handle-claims"), ProviderSettings.HANDLE_CLAIMS),
        words(said.orNull("name-claims"), ProviderSettings.NAME_CLAIMS),
        relinkClaim(said));
  }

  /// Both lines or neither: that a provider is trusted is not to be said in passing.
  private static @Nullable String relinkClaim(PropertyFile said) {
    String trusted = said.otherwise("trusted", "false");
    String claim = said.otherwise("relink-claim", "");
    if (!trusted.equals("true") && !trusted.equals("false")) {
      throw Refused.option("In " + said.file() + ", trusted is true or false. Say one of them.");
    }
    if (trusted.equals("true") == claim.isEmpty()) {
      throw Refused.option(
          "In "
              + said.file()
              + ", trusted=true and relink-claim= belong together: a provider is trusted to know by that"
              + " claim whom it gave another subject. Write both, or neither.");
    }
    if (claim.isEmpty()) {
      return null;
    }
    return switch (ProviderSettings.parseRelinkClaim(claim)) {
      case Parsed.Good<String>(String good) -> good;
      case Parsed.Bad<String> _ ->
          throw Refused.option(
              "The relink-claim in "
                  + said.file()
                  + " is the name of a claim that the provider gives to one person and never to another:"
                  + " no e-mail address, no phone number, and not sub. Name such a one.");
    };
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
    return text == null ? usual : PropertyFile.words(text);
  }
}
