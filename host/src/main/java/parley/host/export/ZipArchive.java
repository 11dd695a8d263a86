package parley.host.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.export.Archive;
import parley.messaging.message.Entry;
import tools.jackson.databind.json.JsonMapper;

/// An archive as a ZIP file: everything as JSON for programs, and as pages for people.
///
/// ```
/// index.html                                begin here
/// account.json
/// stored/0001.json ...                      what is stored under the person's id, as it is
/// conversations/c-.../0001.json, 0001.html  a page of a conversation
/// ```
///
/// Where one file cannot be of any size, there are several: the second begins at index-2.html, and
/// goes on with the numbers of the one before, so that all can be unpacked into one folder.
public final class ZipArchive implements Archive {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Part part;
  private final Counted counted;
  private final ZipOutputStream zip;
  private final List<Listed> listed = new ArrayList<>();
  private @Nullable Account me;
  private Instant at = Instant.EPOCH;
  private int items;
  private int pages;
  private @Nullable ConversationSoFar open;

  /// Which part it is, the first being 1, and after how many bytes or pages it takes no more.
  public record Part(int number, long bytesMax, int pagesMax) {
    /// All of it in one.
    public static final Part WHOLE = new Part(1, Long.MAX_VALUE, Integer.MAX_VALUE);

    private String index() {
      return index(number);
    }

    private static String index(int number) {
      return number == 1 ? "index.html" : "index-" + number + ".html";
    }
  }

  /// A conversation as the first page lists it.
  private record Listed(ConversationId id, int page, String with, int messages) {}

  /// What is known of the conversation that is being written.
  private static final class ConversationSoFar {
    private final ConversationId id;
    private final int page;
    private final List<String> names = new ArrayList<>();
    private int messages;

    ConversationSoFar(ConversationId id, int page) {
      this.id = id;
      this.page = page;
    }

    Listed listed() {
      String with = names.isEmpty() ? "Nobody who is there" : String.join(", ", names);
      return new Listed(id, page, with, messages);
    }
  }

  /// Knows how much came by.
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
      bytes += length;
    }
  }

  /// All of it.
  public ZipArchive(OutputStream out) {
    this(out, Part.WHOLE);
  }

  public ZipArchive(OutputStream out, Part part) {
    this.part = part;
    this.counted = new Counted(out);
    this.zip = new ZipOutputStream(counted, StandardCharsets.UTF_8);
  }

  @Override
  public void begin(Account account, Instant now) {
    me = account;
    at = now;
    if (part.number() > 1) {
      return;
    }
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("id", account.id().value());
    profile.put("handle", account.handle().value());
    profile.put("displayName", account.displayName().value());
    profile.put("createdAt", account.createdAt().toString());
    Instant erasedAt = account.erasedAt();
    if (erasedAt != null) {
      profile.put("erasesAt", erasedAt.toString());
    }
    profile.put("archiveMadeAt", now.toString());
    json("account.json", profile);
  }

  @Override
  public void held(List<Held> items) {
    this.items++;
    pages++;
    // In a further part another name, so that all can be unpacked into one folder.
    String name =
        part.number() == 1 ? "stored/%04d.json" : "stored/" + part.number() + "-%04d.json";
    json(
        name.formatted(this.items),
        items.stream()
            .map(item -> {
              Map<String, Object> shown = new LinkedHashMap<>();
              shown.put("kind", item.kind());
              shown.putAll(new TreeMap<>(item.attributes()));
              return shown;
            })
            .toList());
  }

  @Override
  public void page(Page page) {
    pages++;
    ConversationSoFar talk = open;
    if (talk == null || !talk.id.equals(page.conversation())) {
      talk = new ConversationSoFar(page.conversation(), page.number());
      open = talk;
    }
    List<String> names = talk.names;
    page.people().values().stream()
        .filter(account -> !account.id().equals(mine().id()))
        .map(ZipArchive::named)
        .filter(name -> !names.contains(name))
        .forEach(names::add);
    String base = "conversations/" + page.conversation() + "/%04d".formatted(page.number());
    List<Map<String, Object>> entries =
        page.entries().stream().map(entry -> entry(entry, page.people())).toList();
    talk.messages += (int) page.entries().stream().filter(Entry.Message.class::isInstance).count();
    json(base + ".json", Map.of("conversation", page.conversation().value(), "entries", entries));
    text(base + ".html", html(page));
    if (page.last()) {
      listed.add(talk.listed());
      open = null;
    }
  }

  private static Map<String, Object> entry(Entry.Stamped entry, Map<UserId, Account> people) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("seq", entry.stamp().seq());
    shown.put("at", entry.stamp().at().toString());
    if (!(entry instanceof Entry.Authored authored)) {
      return shown;
    }
    shown.put("from", authored.from().value());
    Account from = people.get(authored.from());
    if (from != null) {
      shown.put("handle", from.handle().value());
    }
    switch (authored) {
      case Entry.Message message -> {
        shown.put("kind", "message");
        if (message.text() == null) {
          shown.put("unsent", true);
        } else {
          shown.put("text", message.text().value());
          if (message.rev() > 0) {
            shown.put("edited", true);
          }
        }
      }
      case Entry.Edit edit -> {
        shown.put("kind", "edit");
        shown.put("of", edit.target());
        if (edit.text() != null) {
          shown.put("text", edit.text().value());
        }
      }
      case Entry.Unsend unsend -> {
        shown.put("kind", "unsend");
        shown.put("of", unsend.target());
      }
      case Entry.Members members -> {
        shown.put("kind", "members");
        shown.put("members", members.members().stream().map(UserId::value).sorted().toList());
      }
      case Entry.Retention retention -> {
        shown.put("kind", "retention");
        shown.put("days", retention.days());
      }
    }
    return shown;
  }

  private String html(Page page) {
    Html html = new Html("Conversation " + page.conversation() + ", page " + page.number());
    html.link("../../" + part.index(), "All conversations");
    if (page.number() > 1) {
      html.link("%04d.html".formatted(page.number() - 1), "Older");
    }
    html.beginMessages();
    for (Entry.Stamped entry : page.entries()) {
      if (entry instanceof Entry.Message message) {
        Account from = page.people().get(message.from());
        String words =
            message.text() == null
                ? "(unsent)"
                : message.text().value() + (message.rev() > 0 ? " (edited)" : "");
        html.message(
            message.from().equals(mine().id()),
            from == null ? "deleted account" : named(from),
            when(message.stamp().at()),
            words);
      }
    }
    html.endMessages();
    if (!page.last()) {
      html.link("%04d.html".formatted(page.number() + 1), "Newer");
    }
    return html.toString();
  }

  @Override
  public boolean isFull() {
    return counted.bytes >= part.bytesMax() || pages >= part.pagesMax();
  }

  @Override
  public void end(boolean last) {
    ConversationSoFar talk = open;
    if (talk != null) {
      // It goes on in the next part.
      listed.add(talk.listed());
    }
    Html html = new Html("What is held of " + mine().displayName());
    html.lines(
        List.of(
            List.of("Handle", mine().handle().value()),
            List.of("Name", mine().displayName().value()),
            List.of("Id", mine().id().value()),
            List.of("Account made", when(mine().createdAt())),
            List.of("This archive made", when(at))));
    html.heading("Conversations");
    for (Listed one : listed) {
      html.link(
          "conversations/" + one.id() + "/%04d.html".formatted(one.page()),
          one.with() + ": " + one.messages() + (one.messages() == 1 ? " message" : " messages"));
    }
    if (listed.isEmpty()) {
      html.paragraph("None.");
    }
    if (!last) {
      html.paragraph(
          "This archive has another part. Unpacked into the same folder, it goes on there.");
      html.link(Part.index(part.number() + 1), "Next part");
    }
    html.heading("What else is in here");
    html.paragraph(
        "The same for programs: account.json, and beside each page of a conversation a file with the"
            + " same name that ends in .json; it also has what each edit of a message said. In"
            + " stored/, what is stored under your id, as it is stored: your account, your"
            + " conversations with what you decided about them, whom you have blocked. Times in there"
            + " are milliseconds since 1970.");
    html.heading("What is not in here");
    html.paragraph(
        "Your password: only a hash of it is kept, which is shown to nobody. Your sessions, since when"
            + " and until when, and the link to an identity provider: they lie under hashes from which"
            + " nothing leads here. Lines of the operator's audit trail. What others hid from you, and"
            + " what you deleted for yourself.");
    text(part.index(), html.toString());
    try {
      zip.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be written", e);
    }
  }

  private Account mine() {
    if (me == null) {
      throw new IllegalStateException("an archive begins with its person");
    }
    return me;
  }

  private static String named(Account account) {
    return account.displayName() + " (" + account.handle() + ")";
  }

  private static String when(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private void json(String name, Object value) {
    bytes(name, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
  }

  private void text(String name, String value) {
    bytes(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(String name, byte[] bytes) {
    try {
      ZipEntry entry = new ZipEntry(name);
      entry.setTime(at.toEpochMilli());
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be written", e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be written", e);
    }
  }
}
