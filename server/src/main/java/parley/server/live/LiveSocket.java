package parley.server.live;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.api.Live;
import parley.messaging.account.Session;
import parley.messaging.event.Audience;
import parley.messaging.event.Connection;
import parley.messaging.event.Ending;
import parley.messaging.event.Event;
import parley.messaging.event.Listener;

/// One WebSocket. What it hears comes on the library's thread, what it says goes on the audience's;
/// the library takes one frame at a time.
final class LiveSocket implements Upgrader.Socket, Listener {
  private final Live live;
  private final Audience audience;
  private final Session session;
  private final ReentrantLock sending = new ReentrantLock();
  private @Nullable WsSession socket;
  private @Nullable Thread reader;
  private @Nullable Connection connection;
  private boolean over;

  LiveSocket(Live live, Audience audience, Session session) {
    this.live = live;
    this.audience = audience;
    this.session = session;
  }

  @Override
  public void onOpen(WsSession socket) {
    synchronized (this) {
      this.socket = socket;
      reader = Thread.currentThread();
    }
    Connection opened = audience.open(session, this);
    synchronized (this) {
      connection = opened;
    }
  }

  // What it hears.

  @Override
  public void onMessage(WsSession socket, String text, boolean last) {
    Connection here = connection();
    if (here == null) {
      return;
    }
    if (!last || text.length() > Live.HEARD_BYTES) {
      audience.end(here, Ending.TOO_LONG);
    } else if (Live.isPing(text)) {
      audience.pinged(here);
    } else {
      audience.heard(here);
    }
  }

  @Override
  public void onMessage(WsSession socket, BufferData bytes, boolean last) {
    Connection here = connection();
    if (here != null) {
      audience.end(here, Ending.NOT_TEXT);
    }
  }

  @Override
  public void onPing(WsSession socket, BufferData bytes) {
    Connection here = connection();
    if (here != null) {
      audience.heard(here);
    }
    sending.lock();
    try {
      if (!over) {
        socket.pong(bytes);
      }
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void onPong(WsSession socket, BufferData bytes) {
    Connection here = connection();
    if (here != null) {
      audience.heard(here);
    }
  }

  /// The other side ends it. Nothing more is sent but the library's own answer.
  @Override
  public void onClose(WsSession socket, int code, String reason) {
    sending.lock();
    try {
      over = true;
    } finally {
      sending.unlock();
    }
  }

  /// It ended, one way or the other.
  @Override
  public void gone() {
    Connection here;
    synchronized (this) {
      reader = null;
      here = connection;
    }
    sending.lock();
    try {
      over = true;
    } finally {
      sending.unlock();
    }
    if (here != null) {
      audience.gone(here);
    }
  }

  private synchronized @Nullable Connection connection() {
    return connection;
  }

  // What it says.

  @Override
  public void send(Event event) throws IOException {
    String text = new String(live.write(event, session.user()), StandardCharsets.UTF_8);
    sending.lock();
    try {
      WsSession open = socket();
      if (over || open == null) {
        throw new IOException("the connection is over");
      }
      open.send(text, true);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void end(Ending ending) {
    sending.lock();
    try {
      WsSession open = socket();
      if (!over && open != null) {
        over = true;
        open.send(new String(Live.write(ending), StandardCharsets.UTF_8), true);
        open.close(Live.code(ending), Live.reason(ending));
      }
    } catch (RuntimeException e) {
      // It is gone already, which is what was wanted.
      cut();
    } finally {
      sending.unlock();
    }
  }

  private synchronized @Nullable WsSession socket() {
    return socket;
  }

  /// An interrupted virtual thread closes the socket that it reads, and so frees whoever writes to
  /// it.
  @Override
  public synchronized void cut() {
    if (reader != null) {
      reader.interrupt();
    }
  }
}
