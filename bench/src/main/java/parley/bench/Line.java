package parley.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// One connection of one caller, who asks and waits: as little HTTP/1.1 as that takes. What callers
/// use of the processor they take from the server beside them, and a whole HTTP client uses a third
/// of what the server does.
///
/// For one thread at a time.
final class Line implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;
  private static final String LENGTH = "content-length:";

  private final String host;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Line(URI server) throws IOException {
    host = server.getAuthority();
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /// The body of a good answer; `body` is empty for a GET.
  String ask(String method, String path, String token, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAuthorization: Bearer "
            + token
            + (content.length == 0
                ? ""
                : "\r\nContent-Type: application/json\r\nContent-Length: " + content.length)
            + "\r\n\r\n";
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[first.length + content.length];
    System.arraycopy(first, 0, request, 0, first.length);
    System.arraycopy(content, 0, request, first.length, content.length);
    // In one piece: two would wait for each other (Nagle and delayed acknowledgements).
    out.write(request);
    return answer();
  }

  private String answer() throws IOException {
    String status = line();
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new IOException("answered " + status);
    }
    return body;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server ended the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
