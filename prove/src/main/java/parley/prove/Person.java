package parley.prove;

/// Somebody who takes part, with a session.
public record Person(String handle, String id, String token) {
  @Override
  public String toString() {
    return handle;
  }
}
