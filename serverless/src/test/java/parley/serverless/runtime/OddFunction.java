package parley.serverless.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A function that does whatever the event says, in a process of its own.
public class OddFunction implements RequestStreamHandler {
  /// Names the variable with the file that `wait` waits for.
  static final String GO = "ODD_GO";

  private int calls;

  public OddFunction() {
    if (System.getenv("ODD_START") != null) {
      throw new IllegalStateException("it does not start");
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
    calls++;
    String answer =
        switch (event) {
          case "fail" -> throw new IllegalStateException("it failed");
          case "exit" -> {
            Runtime.getRuntime().halt(7);
            yield "";
          }
          case "hang" -> {
            pause(60_000);
            yield "";
          }
          case "wait" -> {
            for (int i = 0; i < 10_000 && !Files.exists(Path.of(System.getenv(GO))); i++) {
              pause(20);
            }
            yield "waited";
          }
          case "heap" -> Long.toString(Runtime.getRuntime().maxMemory() / (1024 * 1024));
          case "calls" -> Integer.toString(calls);
          case "time" -> Long.toString(context.getRemainingTimeInMillis());
          default -> event.startsWith("env ") ? System.getenv(event.substring(4)) : event;
        };
    System.out.println("it was asked something");
    out.write(String.valueOf(answer).getBytes(StandardCharsets.UTF_8));
  }

  private static void pause(long time_ms) {
    try {
      Thread.sleep(time_ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
