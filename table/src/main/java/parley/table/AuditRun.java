package parley.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import parley.messaging.inbox.Glance;
import parley.messaging.inbox.Rebuild;
import parley.server.Refused;
import parley.store.InboxRows;
import parley.store.MessageLog;
import parley.store.Table;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import parley.store.TableSurvey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Audits the whole table: [Audit] on every item, and every inbox row against the logs. Both in one
/// walk; conversations in which something may be wrong are looked at once more, one by one.
public final class AuditRun {
  private static final double PERCENT = 100.0;

  private final OpenTable table;
  private final Out out;

  public AuditRun(OpenTable table, Out out) {
    this.table = table;
    this.out = out;
  }

  /// Reads everything, and tells.
  ///
  /// @param repair whether rows, and heads, are made as the logs say
  /// @return whether all is as it should be now
  public boolean run(boolean repair, Instant now) {
    TableDescription description = table.description();
    mustHaveKeys(description);
    Audit audit = new Audit(table, now, repair ? new Mender(table) : null);
    Glance glance = new Glance();
    Map<String, Long> foreign = foreign(description);
    try (ProgressBar progress = out.progress("audit", Out.about(description))) {
      WholeTable.of(table)
          .read(
              Map.of(),
              (page, _) -> {
                for (Map<String, AttributeValue> item : page.items()) {
                  TableSurvey.show(audit.add(item), item, glance);
                  foreign.replaceAll(
                      (name, count) -> count + (carries(item, keys(description, name)) ? 1 : 0));
                }
                progress.stepBy(page.items().size());
              });
    }
    audit.end();
    glance.end();
    foreign.forEach(audit::foreignIndex);
    Rebuild.Report rebuilt = compared(glance, repair);
    if (out.json()) {
      out.value(json(audit, rebuilt));
    } else {
      tell(audit, rebuilt, repair);
    }
    return audit.isWell() && rebuilt.differences().size() == rebuilt.repaired();
  }

  /// Of a table with other keys there is nothing to audit; all else that differs is told as found.
  private void mustHaveKeys(TableDescription description) {
    List<String> keys =
        description.keySchema().stream().map(KeySchemaElement::attributeName).toList();
    if (!keys.equals(List.of(TableDesign.PK, TableDesign.SK))) {
      throw new Refused(
          "The table "
              + table.name()
              + " "
              + table.place()
              + " is not Parley's: its key is "
              + String.join(" and ", keys)
              + ". Name another one with --table; `parley table list` shows which are Parley's.");
    }
  }

  /// What a glance found suspect, looked at closely. Somebody may have written meanwhile, so what
  /// is reported is what is wrong now.
  private Rebuild.Report compared(Glance glance, boolean repair) {
    if (glance.isClean()) {
      return new Rebuild.Report(glance.conversations(), glance.rows(), List.of(), 0);
    }
    Table plain = table.table();
    Rebuild.Report suspects =
        new Rebuild(
                new MessageLog(plain),
                new InboxRows(plain),
                new TableSurvey(plain).only(glance::isSuspect))
            .run(repair);
    return new Rebuild.Report(
        glance.conversations(), glance.rows(), suspects.differences(), suspects.repaired());
  }

  /// The indexes that the design does not have, with nothing counted in them yet.
  private static Map<String, Long> foreign(TableDescription description) {
    Map<String, Long> foreign = new TreeMap<>();
    for (GlobalSecondaryIndexDescription index : description.globalSecondaryIndexes()) {
      if (!index.indexName().equals(TableDesign.INBOX_INDEX)) {
        foreign.put(index.indexName(), 0L);
      }
    }
    return foreign;
  }

  private static List<String> keys(TableDescription description, String index) {
    return description.globalSecondaryIndexes().stream()
        .filter(each -> each.indexName().equals(index))
        .flatMap(each -> each.keySchema().stream())
        .map(KeySchemaElement::attributeName)
        .toList();
  }

  private static boolean carries(Map<String, AttributeValue> item, List<String> keys) {
    return item.keySet().containsAll(keys);
  }

  private void tell(Audit audit, Rebuild.Report rebuilt, boolean repair) {
    out.line(
        out.ink()
                .bold(
                    String.format(
                        Locale.ROOT,
                        "%-24s %9s %10s %9s %10s",
                        "entity",
                        "items",
                        "size",
                        "in index",
                        "size"))
            + out.ink().bold("  expired"));
    Audit.Part all = new Audit.Part();
    List<@Nullable Entity> entities = new ArrayList<>(TableDesign.entities());
    entities.add(null);
    for (Entity entity : entities) {
      Audit.Part part = audit.parts().get(entity);
      if (part != null) {
        out.line(out.ink().paint(entity, line(Ink.label(entity), part)));
        all.items += part.items;
        all.bytes += part.bytes;
        all.inIndex += part.inIndex;
        all.indexBytes += part.indexBytes;
        all.expired += part.expired;
      }
    }
    out.line(out.ink().bold(line("all", all)));
    out.line("");
    sentences(audit, all);
    audit
        .findings()
        .forEach((kind, sentences) -> {
          out.line("");
          out.line(out.ink().bold(kind) + ", " + Out.number(audit.found(kind)) + ":");
          sentences.forEach(sentence -> out.line("  " + sentence));
          if (repair && audit.mended(kind) < audit.found(kind)) {
            out.line("  " + Mender.leaves(kind));
          }
        });
    if (!rebuilt.differences().isEmpty()) {
      out.line("");
      out.line(out.ink().bold("not as the logs say") + ", " + rebuilt.differences().size() + ":");
      rebuilt.differences().stream().limit(Audit.TOLD).forEach(each -> out.line("  " + each));
    }
    out.line("");
    out.line(
        Out.count(rebuilt.conversations(), "conversation")
            + " and "
            + Out.count(rebuilt.rows(), "inbox row")
            + " compared: "
            + Out.count(rebuilt.differences().size(), "difference")
            + (repair ? ", " + rebuilt.repaired() + " repaired" : "")
            + ".");
    long wrong = audit.findings().keySet().stream().mapToLong(audit::found).sum();
    long done = audit.findings().keySet().stream().mapToLong(audit::mended).sum();
    out.line(
        wrong == 0 && rebuilt.isClean()
            ? "All is as it should be."
            : repair && rebuilt.repaired() + done > 0
                ? "Run the same again to see what is left."
                : "Something is not as it should be"
                    + (repair ? "." : "; --repair mends what it can, and says what it leaves."));
  }

  private void sentences(Audit audit, Audit.Part all) {
    out.line(
        "The index has "
            + Out.count(all.inIndex, "item")
            + " and "
            + String.format(
                Locale.ROOT, "%.1f %%", all.bytes == 0 ? 0 : PERCENT * all.indexBytes / all.bytes)
            + " of the table's bytes: an item is in it only while it carries "
            + TableDesign.INBOX_KEY
            + ", which inbox rows in a folder do, and nothing else.");
    if (audit.messages() > 0) {
      out.line(
          Out.number(audit.moves())
              + " of "
              + Out.count(audit.messages(), "message")
              + " moved their rows in the index, at 2 W more for each member; the others wrote the row"
              + " alone.");
    }
    out.line("The largest item collections:");
    audit
        .largest()
        .forEach(each ->
            out.line(
                "  "
                    + each.pk()
                    + "  "
                    + Out.count(each.items(), "item")
                    + ", "
                    + Out.bytes(each.bytes())));
    if (all.expired > 0) {
      out.line(
          Out.count(all.expired, "item")
              + " past the end, and not yet gone: the service deletes up to two days late.");
    }
  }

  private static String line(String label, Audit.Part part) {
    return String.format(
        Locale.ROOT,
        "%-24s %9s %10s %9s %10s  %7s",
        label,
        Out.number(part.items),
        Out.bytes(part.bytes),
        Out.number(part.inIndex),
        Out.bytes(part.indexBytes),
        Out.number(part.expired));
  }

  private static Map<String, Object> json(Audit audit, Rebuild.Report rebuilt) {
    Map<String, Object> told = new LinkedHashMap<>();
    Map<String, Object> entities = new TreeMap<>();
    audit
        .parts()
        .forEach((entity, part) ->
            entities.put(
                Ink.label(entity),
                Map.of(
                    "items", part.items,
                    "bytes", part.bytes,
                    "inIndex", part.inIndex,
                    "indexBytes", part.indexBytes,
                    "expired", part.expired)));
    told.put("entities", entities);
    told.put("messages", audit.messages());
    told.put("moves", audit.moves());
    told.put(
        "largest",
        audit.largest().stream()
            .map(each -> Map.of("pk", each.pk(), "items", each.items(), "bytes", each.bytes()))
            .toList());
    Map<String, Object> findings = new HashMap<>();
    audit
        .findings()
        .forEach((kind, sentences) ->
            findings.put(
                kind,
                Map.of(
                    "count", audit.found(kind), "mended", audit.mended(kind), "first", sentences)));
    told.put("findings", findings);
    told.put("conversations", rebuilt.conversations());
    told.put("rows", rebuilt.rows());
    told.put("differences", rebuilt.differences());
    told.put("repaired", rebuilt.repaired());
    return told;
  }
}
