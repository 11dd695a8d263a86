package parley.infra;

import java.time.Duration;

/// What a function is for. The handlers are those of the room `lambda`.
enum Task {
  HTTP(
      "Http",
      "HttpFunction",
      "Answers requests of the HTTP API",
      Bounds.HTTP_MEMORY_MB,
      Bounds.HTTP_TIMEOUT),
  STREAM(
      "Stream",
      "StreamFunction",
      "Projects the change stream, and tells connections",
      Bounds.STREAM_MEMORY_MB,
      Bounds.STREAM_TIMEOUT),
  SOCKET(
      "Socket",
      "SocketFunction",
      "Keeps connections for events",
      Bounds.SOCKET_MEMORY_MB,
      Bounds.SOCKET_TIMEOUT),
  SOCKET_AUTHORIZER(
      "SocketAuthorizer",
      "SocketAuthorizer",
      "Says who may connect for events",
      Bounds.SOCKET_MEMORY_MB,
      Bounds.SOCKET_TIMEOUT),
  CHORES(
      "Chores",
      "ChoresFunction",
      "Does what need not be done at once, such as erasures",
      Bounds.CHORES_MEMORY_MB,
      Bounds.CHORES_TIMEOUT),
  POST_CONFIRMATION(
      "PostConfirmation",
      "PostConfirmationFunction",
      "Makes the account of whoever has signed up in the pool",
      Bounds.SOCKET_MEMORY_MB,
      Bounds.POST_CONFIRMATION_TIMEOUT);

  private final String id;
  private final String type;
  private final String purpose;
  private final int memoryMb;
  private final Duration timeout;

  Task(String id, String type, String purpose, int memoryMb, Duration timeout) {
    this.id = id;
    this.type = type;
    this.purpose = purpose;
    this.memoryMb = memoryMb;
    this.timeout = timeout;
  }

  String id() {
    return id;
  }

  String handler() {
    return "parley.lambda." + type + "::handleRequest";
  }

  String purpose() {
    return purpose;
  }

  int memoryMb() {
    return memoryMb;
  }

  Duration timeout() {
    return timeout;
  }

  /// Whether it asks the index: inboxes are paged by requests alone.
  boolean readsIndex() {
    return this == HTTP;
  }

  /// Whether it uses the cache that instances share: requests are answered from it, and the stream
  /// says what of it is out of date.
  boolean usesCache() {
    return this == HTTP || this == STREAM;
  }

  /// Whether it reads the whole table, and changes whatever in it names somebody who is erased: the
  /// operators' items too.
  boolean readsEverything() {
    return this == CHORES;
  }

  /// Whether it has to do with archives for people: one hands them out, the other writes them.
  boolean keepsArchives() {
    return this == HTTP || this == CHORES;
  }

  /// Whether it speaks to connections.
  boolean speaksToConnections() {
    return this == STREAM || this == SOCKET;
  }
}
