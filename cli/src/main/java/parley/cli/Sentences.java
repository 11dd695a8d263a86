package parley.cli;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import parley.engine.DataFolderInUse;
import parley.engine.DataFolderUnusable;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.TooBusy;
import parley.server.Refused;
import parley.store.TableAdmin;
import parley.store.Unreachable;

/// What a person reads instead of a stack trace, and the exit code that goes with it.
record Sentences(ExitCode code, String sentence) {
  /// Both, null for what nobody foresaw.
  static @Nullable Sentences of(Exception e) {
    return switch (e) {
      case Unreachable unreachable -> unreachable(unreachable);
      case StoreUnavailable _ ->
          new Sentences(
              ExitCode.UNAVAILABLE,
              "The table does not answer. Run the same again later: nothing is done twice.");
      case TooBusy _ ->
          new Sentences(
              ExitCode.BUSY, "Too many passwords are being looked at. Run the same again.");
      case Refused refused -> new Sentences(code(refused.why()), told(e));
      case DataFolderInUse _, TableAdmin.NotActive _ -> new Sentences(ExitCode.BUSY, told(e));
      case DataFolderUnusable _ -> new Sentences(ExitCode.FOLDER, told(e));
      case TableAdmin.AnotherShape _, TableAdmin.Missing _ ->
          new Sentences(ExitCode.CONFIGURATION, told(e));
      case parley.engine.PortTaken _, parley.server.http.PortTaken _ ->
          new Sentences(ExitCode.PORT, told(e));
      default -> null;
    };
  }

  static ExitCode code(Refused.Why why) {
    return switch (why) {
      case OPTION -> ExitCode.USAGE;
      case INPUT -> ExitCode.INPUT;
      case UNAVAILABLE -> ExitCode.UNAVAILABLE;
      case FOLDER -> ExitCode.FOLDER;
      case BUSY -> ExitCode.BUSY;
      case PERMISSION -> ExitCode.PERMISSION;
      case CONFIGURATION -> ExitCode.CONFIGURATION;
    };
  }

  private static String told(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /// In a few words where the reason is one that many people meet: the SDK's own fill a screen.
  private static Sentences unreachable(Unreachable e) {
    return switch (e.why()) {
      case NO_REGION ->
          new Sentences(
              ExitCode.CONFIGURATION,
              "No AWS region is known. Give one with --region or in AWS_REGION; a table that is not"
                  + " Amazon's takes any, such as us-east-1.");
      case NO_CREDENTIALS ->
          new Sentences(
              ExitCode.CONFIGURATION,
              "There are no AWS credentials. Give them in AWS_ACCESS_KEY_ID and"
                  + " AWS_SECRET_ACCESS_KEY, or in any other way that the AWS SDK knows; a table that"
                  + " is not Amazon's mostly takes any.");
      case DENIED ->
          new Sentences(
              ExitCode.PERMISSION,
              e.what()
                  + " refuses these AWS credentials: "
                  + why(e)
                  + ". Give others, or have them allowed what docs/operations.md lists.");
      case BUSY ->
          new Sentences(
              ExitCode.UNAVAILABLE,
              e.what()
                  + " answers that it cannot now: "
                  + why(e)
                  + ". Run the same again later; if it has too little capacity, with a lower --rate"
                  + " where there is one, or give it more.");
      case REFUSED ->
          new Sentences(
              ExitCode.INPUT,
              e.what()
                  + " answers, and refuses what it was asked: "
                  + why(e)
                  + ". Check the arguments; and whether that is a DynamoDB, and this table as"
                  + " `parley table status` wants it.");
      case NO_ANSWER ->
          new Sentences(
              ExitCode.UNAVAILABLE,
              e.what()
                  + " could not be reached: "
                  + why(e)
                  + ". Check the endpoint, the region and the credentials.");
    };
  }

  private static String why(Unreachable e) {
    Throwable cause = e.getCause();
    String why = cause == null ? "" : String.valueOf(cause.getMessage());
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException) {
        why = "there is no host of the endpoint's name";
      }
    }
    String plain = why.replaceAll("\\s+", " ").strip();
    return plain.replaceAll("[ .]*\\((SDK Attempt Count|Service): [^)]*\\)|\\.$", "");
  }
}
