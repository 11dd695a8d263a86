package parley.infra;

import java.util.List;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;

/// Which records of the change stream wake the function: entries as they were appended, rows that
/// their readers marked, profiles, and sessions that ended. What the function itself writes is none
/// of them, so it never wakes itself.
final class Filters {
  private Filters() {}

  static List<String> patterns() {
    return List.of(
        // An entry that was rewritten carries a revision.
        "{\"dynamodb\":{\"Keys\":{%s,%s},\"NewImage\":{\"%s\":{\"S\":[{\"exists\":true}]},\"rev\":{\"N\":[{\"exists\":false}]}}}}"
            .formatted(
                prefix(TableDesign.PK, Entity.ENTRY.pk("")),
                prefix(TableDesign.SK, Entity.ENTRY.skPrefix()),
                TableDesign.PK),
        "{\"dynamodb\":{\"Keys\":{%s,%s},\"NewImage\":{\"by\":{\"S\":[\"reader\"]}}}}"
            .formatted(
                prefix(TableDesign.PK, Entity.ROW.pk("")),
                prefix(TableDesign.SK, Entity.ROW.skPrefix())),
        "{\"dynamodb\":{\"Keys\":{%s}}}".formatted(exactly(TableDesign.SK, Entity.ACCOUNT.sk(""))),
        "{\"eventName\":[\"REMOVE\"],\"dynamodb\":{\"Keys\":{%s}}}"
            .formatted(exactly(TableDesign.SK, Entity.SESSION.sk(""))));
  }

  private static String prefix(String attribute, String prefix) {
    return "\"%s\":{\"S\":[{\"prefix\":\"%s\"}]}".formatted(attribute, prefix);
  }

  private static String exactly(String attribute, String value) {
    return "\"%s\":{\"S\":[\"%s\"]}".formatted(attribute, value);
  }
}
