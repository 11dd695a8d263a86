package parley.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parley.host.oidc.ProviderSettings;
import parley.server.ProviderFile;
import picocli.CommandLine.Option;

/// Whom people can sign in with, besides a handle and a password.
final class ProviderOptions {
  @Option(
      names = "--oidc-provider",
      paramLabel = "FILE",
      split = ",",
      description =
          "Let people sign in with the identity provider (OpenID Connect) that FILE describes; its"
              + " access tokens are taken too. May be repeated. In words: docs/identity.md.")
  List<Path> files = new ArrayList<>();

  List<ProviderSettings> providers() {
    return ProviderFile.readAll(files);
  }
}
