package parley.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A wire to an engine on this machine that can be cut in the middle of an answer, and mended.
final class Wire implements AutoCloseable {
  private final int to;
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  Wire(int to) throws IOException {
    this.to = to;
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /// Lets so many more bytes of answers through, and then nothing.
  void cutAfter(long bytes) {
    left.set(bytes);
  }

  void mend() {
    left.set(Long.MAX_VALUE);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket here = door.accept();
        if (left.get() <= 0) {
          here.close();
          continue;
        }
        Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
        open.add(here);
        open.add(there);
        Thread.startVirtualThread(() -> pump(here, there, false));
        Thread.startVirtualThread(() -> pump(there, here, true));
      } catch (IOException e) {
        // The door is shut, or the engine is gone: then nothing is let through.
      }
    }
  }

  private void pump(Socket from, Socket into, boolean answers) {
    byte[] buffer = new byte[4096];
    try (from;
        into;
        InputStream in = from.getInputStream();
        OutputStream out = into.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        long allowed = answers ? left.getAndAdd(-n) : n;
        if (allowed < n) {
          out.write(buffer, 0, (int) Math.max(0, allowed));
          out.flush();
          cut();
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One end has closed, and now both are.
    } finally {
      open.remove(from);
      open.remove(into);
    }
  }

  private void cut() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
