package parley.table;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.TableAdmin.Capacity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Moves a whole table: out into an [ExportFolder], and into another table.
///
/// Both can be broken off at any moment and run again: an export goes on after its last whole file,
/// an import puts what it put before, which changes nothing.
public final class Moving {
  /// Items of one file, at most.
  private static final int PART = 5_000;

  private final OpenTable table;
  private final Out out;
  private final Pace pace;
  private final int part;

  /// Moves at most `rate` units a second; 0 for as fast as it goes.
  public Moving(OpenTable table, Out out, double rate) {
    this(table, out, rate, PART);
  }

  Moving(OpenTable table, Out out, double rate, int part) {
    this.part = part;
    this.table = table;
    this.out = out;
    this.pace = rate == 0 ? Pace.unbounded() : Pace.of(rate);
  }

  /// Writes every item into `folder`.
  public void exportTo(Path folder) {
    ExportFolder export = new ExportFolder(folder);
    table.description();
    if (export.isComplete()) {
      throw new Refused(
          Refused.Why.FOLDER,
          "The folder " + folder + " holds a whole export already. Name another one.");
    }
    ExportFolder.Progress progress = export.begin(table.name());
    long before = progress.checksum().items();
    try (ProgressBar bar = out.progress("export", -1)) {
      Map<String, AttributeValue> from = progress.from();
      do {
        ScanResponse page = page(from);
        Double consumed =
            page.consumedCapacity() == null ? null : page.consumedCapacity().capacityUnits();
        pace.spend(consumed == null ? 0 : consumed);
        bar.stepBy(page.items().size());
        from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        progress = export.add(progress, table.name(), page.items(), from);
      } while (!from.isEmpty());
    }
    long all = progress.checksum().items();
    if (out.json()) {
      out.value(Map.of("items", all, "before", before, "checksum", progress.checksum().text()));
      return;
    }
    out.line(
        Out.count(all, "item")
            + " of "
            + table.name()
            + " are in "
            + folder
            + (before == 0 ? "" : ", " + Out.number(before) + " of them from before")
            + "; their checksum is "
            + progress.checksum().text()
            + ". What people wrote is among them: keep the folder as safe as the table.");
  }

  private ScanResponse page(Map<String, AttributeValue> from) {
    return table
        .client()
        .scan(r -> {
          r.tableName(table.name())
              .consistentRead(true)
              .limit(part)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          if (!from.isEmpty()) {
            r.exclusiveStartKey(from);
          }
        });
  }

  /// Puts every item of an export into the table, then reads all of it and compares.
  ///
  /// @param capacity of a table that has to be made, null where none may be
  /// @param beside whether the table may hold other items
  /// @return whether the table is what was exported
  public boolean importFrom(Path folder, @Nullable Capacity capacity, boolean beside) {
    ExportFolder export = new ExportFolder(folder);
    Checksum wanted = export.checksum();
    table.admin().ensure(capacity);
    List<ExportFolder.Part> parts = export.parts();
    if (!beside) {
      mustHoldNothingElse(export, parts);
    }
    BatchWriter writer = new BatchWriter(table.client(), table.name(), pace);
    Checksum read = new Checksum();
    try (ProgressBar bar = out.progress("import", wanted.items())) {
      for (ExportFolder.Part part : parts) {
        for (Map<String, AttributeValue> item : export.items(part)) {
          read.add(item);
          writer.put(item);
        }
        writer.flush();
        bar.stepBy(part.items());
      }
    }
    if (!read.isSameAs(wanted)) {
      throw Refused.input(
          "The export in "
              + folder
              + " is not whole: it has "
              + Out.count(read.items(), "item")
              + ", and "
              + Out.number(wanted.items())
              + " were exported. Export again.");
    }
    Checksum now = there();
    boolean same = beside ? now.items() >= wanted.items() : now.isSameAs(wanted);
    if (out.json()) {
      out.value(
          Map.of(
              "items", wanted.items(), "there", now.items(), "checksum", now.text(), "same", same));
    } else {
      out.line(
          Out.count(wanted.items(), "item")
              + " were put into "
              + table.name()
              + " "
              + table.place()
              + (same && !beside
                  ? ", which is now what was exported, every byte: "
                  : same
                      ? ", which has " + Out.number(now.items()) + " now: "
                      : ", and it is NOT what was exported; somebody else may be writing to it: ")
              + "checksum "
              + now.text()
              + ".");
    }
    return same;
  }

  /// A table with items that are not of this export would not be what was exported.
  private void mustHoldNothingElse(ExportFolder export, List<ExportFolder.Part> parts) {
    var first = table.client().scan(r -> r.tableName(table.name()).limit(1));
    if (first.items().isEmpty()) {
      return;
    }
    // What an import that was broken off has put is part of the export.
    Set<Long> known = new HashSet<>();
    for (ExportFolder.Part part : parts) {
      export.items(part).forEach(item -> known.add(Checksum.of(item)));
    }
    boolean all =
        table.client().scanPaginator(r -> r.tableName(table.name())).items().stream()
            .allMatch(item -> known.contains(Checksum.of(item)));
    if (!all) {
      throw new Refused(
          "The table "
              + table.name()
              + " "
              + table.place()
              + " holds items that are not in the export, or have changed since. Drop it first, name"
              + " another one with --table, or give --beside to put the export over them.");
    }
  }

  private Checksum there() {
    Checksum checksum = new Checksum();
    try (ProgressBar bar = out.progress("verify", -1)) {
      for (Map<String, AttributeValue> item :
          table
              .client()
              .scanPaginator(r -> r.tableName(table.name()).consistentRead(true))
              .items()) {
        checksum.add(item);
        bar.step();
      }
    }
    return checksum;
  }
}
