package parley.prove;

import java.io.IOException;
import parley.engine.Engine;
import parley.engine.Gate;

/// A table for servers in other processes: the embedded engine in memory behind its gate, and
/// nothing that reads its stream. Runs until its standard input ends, as it does with the process
/// that started it.
final class EngineHost {
  static final String ADDRESS = "The table is at (http://\\S+)";

  private EngineHost() {}

  public static void main(String[] args) throws IOException {
    try (Engine engine = Engine.inMemory();
        Gate gate = Gate.open(engine, 0)) {
      System.out.println("The table is at " + gate.url());
      System.out.flush();
      while (System.in.read() >= 0) {
        // Nobody has anything to say.
      }
    }
  }
}
