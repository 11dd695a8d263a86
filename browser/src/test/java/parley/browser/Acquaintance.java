package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messaging.message.Log.Consistency.STRONG;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;

/// Two people of a site, and what they have said to each other before anybody looks.
record Acquaintance(Site site, Account one, Account other, ConversationId id) {
  /// A handle for each person of each test.
  private static final AtomicInteger COUNT = new AtomicInteger();

  static Acquaintance of(Site site, String one, String other) {
    return with(site, site.account(handle(one), one), other);
  }

  /// Somebody else whom the same person knows.
  static Acquaintance with(Site site, Account one, String other) {
    Account second = site.account(handle(other), other);
    return new Acquaintance(site, one, second, site.between(one, second));
  }

  private static String handle(String name) {
    return name.toLowerCase(Locale.ROOT) + COUNT.incrementAndGet();
  }

  /// In turns; the other one begins.
  Acquaintance said(int count, String what) {
    for (int i = 1; i <= count; i++) {
      site.wrote(i % 2 == 0 ? one : other, id, what + " " + i);
    }
    return this;
  }

  /// What the log has, in its order.
  List<Entry.Message> log() {
    List<Entry> entries = site.services().log().after(id, 0, 1_000, STRONG);
    assertThat(entries).allSatisfy(it -> assertThat(it).isInstanceOf(Entry.Message.class));
    return entries.stream().map(Entry.Message.class::cast).toList();
  }

  List<String> texts() {
    return log().stream().map(it -> it.text() == null ? "" : it.text().value()).toList();
  }
}
