package parley.lambda;

import java.util.function.Supplier;

/// Something made by the first who asks for it; the others wait.
final class Once<T> implements Supplier<T> {
  private Supplier<T> source;

  private Once(Supplier<T> made) {
    this.source = made;
  }

  static <T> Supplier<T> of(Supplier<T> made) {
    return new Once<>(made);
  }

  @Override
  public synchronized T get() {
    T value = source.get();
    source = () -> value;
    return value;
  }
}
