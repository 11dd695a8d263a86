package parley.messaging.message;

/// What has vanished by now, and who sees to it that its text leaves the table.
public interface Sweeping {
  Vanishing vanishing();

  /// From this moment on there may be something to take away.
  void wanted();
}
