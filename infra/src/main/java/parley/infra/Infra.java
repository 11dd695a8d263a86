package parley.infra;

import java.nio.file.Path;

/// `parley infra`.
public final class Infra {
  private Infra() {}

  public static void main(String[] args) {
    System.out.println(Synthesis.write(Choices.DEFAULT, Path.of(args[0])));
  }
}
