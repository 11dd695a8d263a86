package parley.messaging.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: where copies of reported messages are kept.
public interface ReportStore {
  /// Keeps a copy until its end; one that is there under this key stays as it is. One write.
  void keep(ReportedMessage message);

  /// The newest before `key` (null for the newest of all), newest first. Some may be past their
  /// end.
  List<ReportedMessage> reported(@Nullable String key, int limit);
}
