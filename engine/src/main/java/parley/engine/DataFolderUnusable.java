package parley.engine;

/// A data folder cannot be used as it is: it cannot be written, or its secret is missing or
/// damaged. The message says in a sentence or two which file is meant and what to do.
public final class DataFolderUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataFolderUnusable(String message) {
    super(message);
  }

  DataFolderUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
