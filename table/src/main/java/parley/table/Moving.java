package parley.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.TableAdmin.Capacity;
import parley.store.TableSurvey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Moves a whole table: out into an [ExportFolder], and into another table.
///
/// Both can be broken off at any moment and run again: an export goes on after its last whole file,
/// an import puts what it put before, which changes nothing.
public final class Moving {
  /// Items of one file, at most.
  private static final int PART = TableSurvey.PAGE;

  private final OpenTable table;
  private final Out out;
  private final Rate rate;
  private final int part;

  public Moving(OpenTable table, Out out, Rate rate) {
    this(table, out, rate, PART);
  }

  Moving(OpenTable table, Out out, Rate rate, int part) {
    this.part = part;
    this.table = table;
    this.out = out;
    this.rate = rate;
  }

  /// Writes every item into `folder`.
  public void exportTo(Path folder) {
    ExportFolder export = new ExportFolder(folder);
    TableDescription there = table.description();
    if (export.isComplete()) {
      throw new Refused(
          Refused.Why.FOLDER,
          "The folder " + folder + " holds a whole export already. Name another one.");
    }
    Pace pace = rate.on(table, false, out);
    ExportFolder.Progress[] progress = {export.begin(table.name())};
    long before = progress[0].checksum().items();
    try (ProgressBar bar = out.progress("export", Out.about(there))) {
      bar.stepTo(before);
      new WholeTable(table, true, pace, part)
          .read(
              progress[0].from(),
              (page, from) -> {
                progress[0] = export.add(progress[0], table.name(), page.items(), from);
                bar.stepBy(page.items().size());
              });
    }
    Checksum checksum = progress[0].checksum();
    long all = checksum.items();
    if (out.json()) {
      out.value(Map.of("items", all, "before", before, "checksum", checksum.text()));
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
            + checksum.text()
            + ". What people wrote is among them: keep the folder as safe as the table.");
  }

  /// Looks whether a folder holds a whole export.
  ///
  /// @throws Refused if it does not
  public static void mustBeExport(Path folder) {
    new ExportFolder(folder).checksum();
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
    Checksum read = new Checksum();
    try (BatchWriter writer =
            new BatchWriter(table.client(), table.name(), rate.on(table, true, out));
        ProgressBar bar = out.progress("import", wanted.items())) {
      for (ExportFolder.Part part : parts) {
        for (Map<String, AttributeValue> item : export.items(part)) {
          read.add(item);
          writer.put(item);
          bar.step();
        }
      }
      writer.flush();
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
    Checksum now = there(wanted.items());
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
    // Eight bytes an item: an export of millions fits.
    long[] known =
        parts.stream()
            .flatMapToLong(part -> export.items(part).stream().mapToLong(Checksum::of))
            .sorted()
            .toArray();
    boolean all =
        table.client().scanPaginator(r -> r.tableName(table.name()).limit(part)).items().stream()
            .allMatch(item -> Arrays.binarySearch(known, Checksum.of(item)) >= 0);
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

  private Checksum there(long items) {
    Checksum checksum = new Checksum();
    try (ProgressBar bar = out.progress("verify", items)) {
      WholeTable.of(table)
          .read(
              Map.of(),
              (page, _) -> {
                page.items().forEach(checksum::add);
                bar.stepBy(page.items().size());
              });
    }
    return checksum;
  }
}
