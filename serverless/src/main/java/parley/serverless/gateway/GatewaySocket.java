package parley.serverless.gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.server.live.Upgrader;
import parley.serverless.gateway.SocketEvents.Caller;

/// One connection that the gateway keeps. What a client says is handed on one message at a time, in
/// order.
final class GatewaySocket implements Upgrader.Socket {
  private static final int TOO_BIG = 1009;
  private static final int BROKE_OFF = 1006;

  private final SocketGateway gateway;
  private final Caller caller;
  private final ReentrantLock sending = new ReentrantLock();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private volatile Instant lastActive;
  private volatile int code = BROKE_OFF;
  private volatile String reason = "";
  private @Nullable WsSession socket;
  private @Nullable Thread reader;
  private boolean over;

  GatewaySocket(SocketGateway gateway, Caller caller) {
    this.gateway = gateway;
    this.caller = caller;
    this.lastActive = gateway.clock().instant();
  }

  Caller caller() {
    return caller;
  }

  Instant lastActive() {
    return lastActive;
  }

  @Override
  public void onOpen(WsSession session) {
    sending.lock();
    try {
      socket = session;
      reader = Thread.currentThread();
    } finally {
      sending.unlock();
    }
    opened.countDown();
    gateway.opened(this);
  }

  // What it hears.

  @Override
  public void onMessage(WsSession session, String text, boolean last) {
    heard(text.getBytes(StandardCharsets.UTF_8), false, last);
  }

  @Override
  public void onMessage(WsSession session, BufferData bytes, boolean last) {
    heard(bytes.readBytes(), true, last);
  }

  private void heard(byte[] part, boolean binary, boolean last) {
    lastActive = gateway.clock().instant();
    if (fragments.size() + part.length > GatewayBounds.MESSAGE_BYTES) {
      end(TOO_BIG, "Message too long");
      return;
    }
    fragments.writeBytes(part);
    if (!last) {
      return;
    }
    byte[] message = fragments.toByteArray();
    fragments.reset();
    try {
      String back = gateway.said(caller, message, binary);
      if (back != null) {
        send(back);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onPing(WsSession session, BufferData bytes) {
    sending.lock();
    try {
      if (!over) {
        session.pong(bytes);
      }
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void onClose(WsSession session, int status, String words) {
    sending.lock();
    try {
      over = true;
      if (code == BROKE_OFF) {
        code = status;
        reason = words == null ? "" : words;
      }
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void gone() {
    sending.lock();
    try {
      over = true;
      reader = null;
    } finally {
      sending.unlock();
    }
    gateway.gone(this, code, reason);
  }

  // What it says.

  /// False if it is over.
  boolean send(String text) {
    awaitOpen();
    sending.lock();
    try {
      WsSession open = socket;
      if (over || open == null) {
        return false;
      }
      open.send(text, true);
      lastActive = gateway.clock().instant();
      return true;
    } catch (RuntimeException e) {
      cut();
      return false;
    } finally {
      sending.unlock();
    }
  }

  /// Says that it is over. Whoever is at the other end answers, or not: it is gone either way.
  void end(int status, String words) {
    awaitOpen();
    sending.lock();
    try {
      WsSession open = socket;
      if (over || open == null) {
        return;
      }
      over = true;
      code = status;
      reason = words;
      open.close(status, words);
    } catch (RuntimeException e) {
      cut();
    } finally {
      sending.unlock();
    }
  }

  /// It is known to functions a moment before it is open.
  private void awaitOpen() {
    try {
      if (!opened.await(GatewayBounds.OPEN.toMillis(), TimeUnit.MILLISECONDS)) {
        // Whoever asked for it was gone before it was there.
        gone();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void endIfOver() {
    Instant now = gateway.clock().instant();
    // From when it was let in: to be asked about it may have taken long.
    if (opened.getCount() > 0 && lastActive.plus(GatewayBounds.OPEN).isBefore(now)) {
      gone();
    } else if (caller.connectedAt().plus(GatewayBounds.LIFE).isBefore(now)) {
      end(1001, "Going away");
    } else if (lastActive.plus(GatewayBounds.IDLE).isBefore(now)) {
      end(1001, "Going away");
    }
  }

  /// An interrupted virtual thread closes the socket that it reads.
  private void cut() {
    Thread reading = reader;
    if (reading != null) {
      reading.interrupt();
    }
  }
}
