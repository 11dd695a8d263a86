package parley.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// The end that Ctrl-C or SIGTERM asks for, in order: what is open is closed, and the exit code is
/// the program's own. Whoever asks twice does not want to wait: then the process ends at once.
///
/// Java runs its shutdown hooks at the first of these signals and then takes no notice of another.
/// So the signals are handled here, by the one class of Java that can, which is not part of its API
/// and is therefore reached by its name. Where it is missing, hooks do the first half of it.
final class Stop {
  /// How long closing may take. Each part of it has a shorter bound.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(90);

  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  /// What shells say of a process that a signal ended: 128 and its number.
  private static final int ENDED_BY_SIGNAL = 128;

  private static final CountDownLatch ASKED = new CountDownLatch(1);
  private static final AtomicInteger TIMES = new AtomicInteger();

  /// Whether Java ends already, and waits for the hook, which waits for whoever closes.
  private static volatile boolean isEnding;

  private Stop() {}

  /// From here on the end may be asked for: before anybody is told that there is something to end.
  /// Called by the thread that will wait.
  static void prepare() {
    for (String signal : SIGNALS) {
      if (!handle(signal)) {
        Thread waiting = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> letEnd(waiting), "parley-stop"));
        break;
      }
    }
  }

  /// Waits until somebody asks for the end, or has done so since it was prepared for.
  static void await() throws InterruptedException {
    ASKED.await();
  }

  /// False where signals cannot be handled, or this one is somebody else's.
  private static boolean handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object asked = signal.getConstructor(String.class).newInstance(name);
      int number = (int) signal.getMethod("getNumber").invoke(asked);
      Object ours =
          Proxy.newProxyInstance(
              Stop.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> asked(number);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> "the handler of " + name;
                  });
      signal.getMethod("handle", signal, handler).invoke(null, asked, ours);
      return true;
    } catch (InvocationTargetException e) {
      // SIGHUP is nobody's under nohup, and this machine may not have it.
      return name.equals("HUP");
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static int asked(int number) {
    if (TIMES.getAndIncrement() > 0) {
      Runtime.getRuntime().halt(ENDED_BY_SIGNAL + number);
    }
    ASKED.countDown();
    return number;
  }

  private static void letEnd(Thread waiting) {
    isEnding = true;
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
    if (isEnding) {
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }
}
