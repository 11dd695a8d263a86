package parley.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// The end that Ctrl-C or SIGTERM asks for, in order: what is open is closed, and the exit code is
/// the program's own.
///
/// Both signals make Java run its shutdown hooks and then exit with a code of theirs. The hook here
/// lets the thread that waits go on and close everything; `System.exit` would wait for the hook and
/// the hook for it, so [#exit] halts instead.
final class Stop {
  /// How long closing may take. Each part of it has a shorter bound.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private static final CountDownLatch ASKED = new CountDownLatch(1);

  private Stop() {}

  /// Waits until somebody asks for the end.
  static void await() throws InterruptedException {
    Thread waiting = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> letEnd(waiting), "parley-stop"));
    ASKED.await();
  }

  private static void letEnd(Thread waiting) {
    ASKED.countDown();
    try {
      waiting.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the process, whether or not it is ending already.
  static void exit(int code) {
    System.out.flush();
    System.err.flush();
    if (ASKED.getCount() == 0) {
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }
}
