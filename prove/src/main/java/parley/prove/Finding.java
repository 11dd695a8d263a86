package parley.prove;

/// One thing that is not as promised: where, and what.
record Finding(Promise promise, String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}
