package parley.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who holds a data folder.
///
/// @param pid the holder's process id
/// @param started when that process started, where the system tells
/// @param announced what the holder has said of itself, such as `url` and `dynamodb-port`
public record Holder(long pid, Optional<Instant> started, Map<String, String> announced) {
  /// Beside the lock, not in it: on POSIX systems, closing any file handle of a locked file gives
  /// up the process's lock, so the lock file must never be opened for reading.
  static final String FILE = "parley.holder";

  private static final String PID = "pid";
  private static final String STARTED = "started";

  /// The system's clock may have been set between two readings of one process's start.
  private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

  private static final int MAX_FILE_BYTES = 64 * 1024;

  public Holder {
    announced = Collections.unmodifiableMap(new LinkedHashMap<>(announced));
  }

  static Holder ofThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(self.pid(), self.info().startInstant(), Map.of());
  }

  /// This holder, having also said that `key` is `value`.
  Holder saying(String key, String value) {
    if (!key.matches("[a-z][a-z0-9-]*") || key.equals(PID) || key.equals(STARTED)) {
      throw new IllegalArgumentException("not a name for an announcement: " + key);
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an announcement is one line of text");
    }
    Map<String, String> more = new LinkedHashMap<>(announced);
    more.put(key, value);
    return new Holder(pid, started, more);
  }

  String description() {
    StringBuilder text = new StringBuilder("process ").append(pid);
    if (pid == ProcessHandle.current().pid()) {
      text.append(" (this one)");
    }
    started.ifPresent(at -> text.append(", started ").append(at));
    String url = announced.get("url");
    if (url != null) {
      text.append(", serving ").append(url);
    }
    return text.toString();
  }

  void writeTo(Path folder) throws IOException {
    StringBuilder text = new StringBuilder().append(PID).append('=').append(pid).append('\n');
    started.ifPresent(at -> text.append(STARTED).append('=').append(at).append('\n'));
    announced.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    PrivateFiles.replace(folder.resolve(FILE), text.toString());
  }

  /// What the last holder wrote, be it alive or not; null if there is nothing readable.
  static @Nullable Holder lastOf(Path folder) {
    try {
      Path file = folder.resolve(FILE);
      return Files.size(file) > MAX_FILE_BYTES ? null : parse(Files.readString(file));
    } catch (IOException | NumberFormatException | DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Holder parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            values.put(line.substring(0, equals), line.substring(equals + 1));
          }
        });
    String pid = values.remove(PID);
    String started = values.remove(STARTED);
    return pid == null
        ? null
        : new Holder(Long.parseLong(pid), Optional.ofNullable(started).map(Instant::parse), values);
  }

  /// Whether the process that wrote this still runs, and is not another that got its number.
  boolean alive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    Optional<Instant> start = process.get().info().startInstant();
    return start.isEmpty()
        || started.isEmpty()
        || Duration.between(start.get(), started.get()).abs().compareTo(START_TOLERANCE) <= 0;
  }
}
