package parley.server.webhook;

/// An event as it is told: the id by which whoever hears it twice knows it, and its JSON.
@SuppressWarnings("ArrayRecordComponent") // written once, sent as it is, never compared
record Event(String id, byte[] body) {
  /// It may hold what people wrote.
  @Override
  public String toString() {
    return "Event[" + id + "]";
  }
}
