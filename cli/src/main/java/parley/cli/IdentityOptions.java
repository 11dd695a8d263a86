package parley.cli;

import parley.messaging.account.Identity;
import picocli.CommandLine.Option;

/// Which identity of an identity provider is meant.
final class IdentityOptions {
  @Option(
      names = "--issuer",
      paramLabel = "URL",
      required = true,
      description = "Which provider it is, as in its tokens.")
  String issuer = "";

  @Option(
      names = "--subject",
      paramLabel = "SUBJECT",
      required = true,
      description = "What the provider calls them in `sub`.")
  String subject = "";

  Identity identity(StorageOptions storage) {
    return storage.well(Identity.parse(issuer, subject));
  }
}
