package parley.cli;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import parley.engine.DataFolderInUse;
import parley.engine.DataFolderUnusable;
import parley.messaging.StoreUnavailable;
import parley.server.Refused;
import parley.store.TableAdmin;
import parley.store.Unreachable;

/// What a person reads instead of a stack trace.
final class Sentences {
  private static final String UNREACHED = " could not be reached";

  private Sentences() {}

  /// The sentence, null for what nobody foresaw.
  static @Nullable String of(Exception e) {
    return switch (e) {
      case Unreachable unreachable -> unreachable(unreachable);
      case StoreUnavailable _ ->
          "The table does not answer. Run the same again later: nothing is done twice.";
      case Refused _,
          DataFolderInUse _,
          DataFolderUnusable _,
          TableAdmin.AnotherShape _,
          parley.engine.PortTaken _,
          parley.server.http.PortTaken _ ->
          e.getMessage();
      default -> null;
    };
  }

  /// In a few words where the reason is one that many people meet: the SDK's own fill a screen.
  private static String unreachable(Unreachable e) {
    Throwable cause = e.getCause();
    String why = cause == null ? "" : String.valueOf(cause.getMessage());
    if (why.startsWith("Unable to load region")) {
      return "No AWS region is known. Give one with --region or in AWS_REGION; a table that is not"
          + " Amazon's takes any, such as us-east-1.";
    }
    if (why.startsWith("Unable to load credentials")) {
      return "There are no AWS credentials. Give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
          + " or in any other way that the AWS SDK knows; a table that is not Amazon's mostly takes"
          + " any.";
    }
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException) {
        why = "there is no host of the endpoint's name";
      }
    }
    String all = String.valueOf(e.getMessage());
    int end = all.indexOf(UNREACHED);
    String what = end < 0 ? "The table" : all.substring(0, end);
    return what
        + UNREACHED
        + ": "
        + why.replaceAll("[ .]*\\((SDK Attempt Count|Service): [^)]*\\)|\\.$", "")
        + ". Check the endpoint, the region and the credentials.";
  }
}
