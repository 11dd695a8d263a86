package parley.browser;

import java.time.Duration;
import java.time.Instant;
import parley.host.Services;
import parley.store.Table;

/// What a [Site] stands on: something that answers browsers, and the table under it.
interface Ground extends AutoCloseable {
  int port();

  /// Use cases on the same table, for what happened before anybody opened a browser.
  Services services();

  Table table();

  /// The time by its clock.
  default Instant now() {
    return Instant.now();
  }

  /// Whether everything that was written is in the inboxes, within this time.
  boolean settles(Duration within);

  @Override
  void close();
}
