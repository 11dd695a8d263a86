package parley.server.webhook;

/// An event as it is told: the id by which whoever hears it twice knows it, and its JSON.
@SuppressWarnings("ArrayRecordComponent") // written once, sent as it is, never compared
record Event(String id, byte[] body) {
  /// How the id of an erased account's event begins; the account's own follows.
  static final String ERASED = "erased_";

  /// What a log may say of it. Who was erased is in none.
  String shown() {
    return id.startsWith(ERASED) ? ERASED + "..." : id;
  }

  /// It may hold what people wrote.
  @Override
  public String toString() {
    return "Event[" + shown() + "]";
  }
}
