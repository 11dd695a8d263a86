package parley.cli;

/// How a command ends, as a number for scripts: those of sysexits.h, which the launcher uses too.
/// With every one but [#DONE] a sentence on standard error says what to do.
enum ExitCode {
  DONE(0, "Done."),
  DIFFERENT(
      1,
      "`rebuild` found rows that are not as the logs say, and did not repair all of them; or"
          + " `table` found something that is not as it should be."),
  USAGE(64, "The command line, or what stands in for it, is wrong."),
  INPUT(65, "A file that was given is not what it should be."),
  UNAVAILABLE(69, "The table, or the server, does not answer."),
  SOFTWARE(70, "Something that nobody foresaw; a stack trace is on standard error."),
  PORT(71, "A port cannot be listened on."),
  FOLDER(73, "The data folder, or where a backup should go, cannot be used or written."),
  BUSY(75, "Somebody else is at it, such as a server that holds the data folder. Later it may go."),
  PERMISSION(77, "The credentials are refused, or a secret can be read by others."),
  CONFIGURATION(
      78,
      "No region, credentials or secret; a table that is missing, or is not this deployment's.");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  /// When it is given, for documents.
  String meaning() {
    return meaning;
  }
}
