package parley.server.live;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection that may be silent for longer than one that is in the middle of a request.
///
/// The library has one time-out for all reads. Here a read that timed out is made again, for as
/// long as a connection may be silent.
final class Patience {
  private Patience() {}

  static ConnectionContext with(ConnectionContext context, Duration longest) {
    DataReader patient = new DataReader(() -> read(context.dataReader(), longest.toNanos()));
    return (ConnectionContext)
        Proxy.newProxyInstance(
            ConnectionContext.class.getClassLoader(),
            new Class<?>[] {ConnectionContext.class},
            (_, method, arguments) -> {
              if (method.getName().equals("dataReader")) {
                return patient;
              }
              try {
                return method.invoke(context, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static byte[] read(DataReader impatient, long longest_ns) {
    long begun = System.nanoTime();
    while (true) {
      try {
        impatient.ensureAvailable();
        return impatient.readBytes(impatient.available());
      } catch (RuntimeException e) {
        if (!isTimeOut(e) || System.nanoTime() - begun > longest_ns) {
          throw e;
        }
      }
    }
  }

  private static boolean isTimeOut(Throwable fault) {
    for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
