package parley.prove;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What came of a proof, for people and for programs.
///
/// `done` are the numbers of what was done, by their words; `kept` is the folder that was left for
/// a look, empty if none.
record Report(
    String title,
    long seed,
    Map<String, String> done,
    Tally tally,
    List<Finding> findings,
    Duration took,
    String kept) {
  Report {
    done = Collections.unmodifiableMap(new LinkedHashMap<>(done));
    findings = List.copyOf(findings);
  }

  boolean holds() {
    return findings.isEmpty();
  }

  /// The same, with the folder of its servers left for a look.
  Report keeping(Site site) {
    site.keep();
    return new Report(title, seed, done, tally, findings, took, site.folder().toString());
  }

  private List<Finding> of(Promise promise) {
    return findings.stream().filter(finding -> finding.promise() == promise).toList();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "%s (seed %d, %.1f s)", title, seed, took.toMillis() / 1e3);
    done.forEach((what, count) -> line(text, "  %10s %s", count, what));
    tally
        .all()
        .forEach((what, times) -> {
          if (times > 0) {
            line(text, "  %,10d %s", times, what.words());
          }
        });
    for (Promise promise : Promise.values()) {
      List<Finding> against = of(promise);
      line(text, "  %-5s %s", against.isEmpty() ? "yes" : "NO", promise.sentence());
      against.stream()
          .limit(Bounds.FINDINGS_SHOWN)
          .forEach(finding -> line(text, "          %s", finding));
      if (against.size() > Bounds.FINDINGS_SHOWN) {
        line(text, "          and %d more", against.size() - Bounds.FINDINGS_SHOWN);
      }
    }
    if (!kept.isEmpty()) {
      line(text, "  The data and what the servers logged are in %s", kept);
    }
    if (holds()) {
      line(text, "It holds.");
    } else {
      line(text, "IT DOES NOT HOLD: %d findings.", findings.size());
    }
    return text.toString();
  }

  @FormatMethod
  private static void line(StringBuilder text, @FormatString String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  void writeTo(Path file) throws IOException {
    ObjectNode json = Client.JSON.createObjectNode();
    json.put("title", title);
    json.put("holds", holds());
    json.put("seed", seed);
    json.put("tookMs", took.toMillis());
    ObjectNode doneJson = json.putObject("done");
    done.forEach(doneJson::put);
    ObjectNode counts = json.putObject("counts");
    tally.all().forEach((what, times) -> counts.put(what.name().toLowerCase(Locale.ROOT), times));
    ObjectNode promises = json.putObject("promises");
    for (Promise promise : Promise.values()) {
      ArrayNode against = promises.putArray(promise.name().toLowerCase(Locale.ROOT));
      of(promise).forEach(finding -> against.add(finding.toString()));
    }
    if (!kept.isEmpty()) {
      json.put("kept", kept);
    }
    Files.writeString(
        file, Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
