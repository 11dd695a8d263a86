package parley.prove;

import java.util.ArrayList;
import java.util.List;
import parley.prove.Cast.Talk;
import tools.jackson.databind.JsonNode;

/// Reads what is there, page by page, in the order in which servers give it.
final class Gathering {
  private final Client client;

  Gathering(Client client) {
    this.client = client;
  }

  /// The history, from its newest page back to its beginning.
  List<Item> history(Person reader, Talk talk, int server) throws InterruptedException {
    List<Item> all = new ArrayList<>();
    String before = "";
    do {
      JsonNode page =
          client.mustDo(server, reader, "GET", talk.path() + "/messages?limit=100" + before, null);
      List<Item> items = items(page);
      all.addAll(0, items);
      JsonNode older = page.path("older");
      before = older.isNumber() ? "&before=" + older.asLong() : "";
    } while (!before.isEmpty());
    return all;
  }

  /// The log, from its beginning on.
  List<Item> log(Person reader, Talk talk, int server) throws InterruptedException {
    List<Item> all = new ArrayList<>();
    long last = 0;
    while (true) {
      JsonNode page =
          client.mustDo(
              server, reader, "GET", talk.path() + "/messages?limit=100&after=" + last, null);
      List<Item> items = items(page);
      all.addAll(items);
      long read = items.isEmpty() ? last : items.getLast().seq();
      if (read <= last || read >= page.path("lastSeq").asLong()) {
        return all;
      }
      last = read;
    }
  }

  private static List<Item> items(JsonNode page) {
    List<Item> items = new ArrayList<>();
    page.path("items").forEach(item -> items.add(Item.of(item)));
    return items;
  }

  /// The whole inbox.
  List<InboxCheck.Row> inbox(Person reader, int server) throws InterruptedException {
    List<InboxCheck.Row> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          client.mustDo(server, reader, "GET", "/api/conversations?limit=20" + cursor, null);
      page.path("items").forEach(row -> all.add(InboxCheck.Row.of(row)));
      String next = page.path("next").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return all;
  }
}
