package parley.api;

/// An answer that is JSON already.
final class RawJson {
  private final byte[] utf8;

  RawJson(byte[] utf8) {
    this.utf8 = utf8;
  }

  byte[] utf8() {
    return utf8;
  }
}
