package parley.cli;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import me.tongfei.progressbar.ProgressBar;
import parley.cli.Dialogue.Line;
import parley.cli.Dialogue.Speaker;
import parley.host.Services;
import parley.messaging.Ids;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.Attempt;
import parley.messaging.account.Password;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;
import parley.server.Refused;
import parley.table.Out;

/// Loads a dialogue through the use cases that everybody uses.
///
/// It ends the same however often it is run and wherever it was stopped, with no state of its own:
/// the passwords follow from the deployment's secret, and so does the random part of each line's
/// client id, by which a line that is in the log already is recognised.
public final class Seeding {
  private static final Duration NO_HURRY = Duration.ofMillis(20);
  private static final int ATTEMPTS = 100;

  private final Services services;
  private final SecretKey key;

  private Seeding(Services services, Secret secret) {
    this.services = services;
    this.key = secret.key("seed");
  }

  /// Who was made or found, how many lines the dialogue has, and how many of them were written now.
  public record Outcome(
      Map<Speaker, String> passwords, List<UserId> people, int lines, int written) {
    /// That a browser asks no password for them, and what else does.
    public void printOffer(PrintStream out, String url) {
      out.println("Open " + url + " in a browser to be one of two people, or both at once.");
      printSignIns(out, url);
    }

    void printLines(PrintStream out) {
      out.println(
          "The conversation has "
              + lines
              + " lines of the dialogue; "
              + written
              + " were written now.");
    }

    /// The same for programs: with the passwords, which are of made-up people.
    void printJson(Out out) {
      Map<String, String> signIns = new LinkedHashMap<>();
      passwords.forEach((speaker, password) -> signIns.put(speaker.handle().value(), password));
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("lines", lines);
      told.put("written", written);
      told.put("signIns", signIns);
      out.value(told);
    }

    /// A command for each person that signs in as them.
    void printSignIns(PrintStream out, String url) {
      passwords.forEach((speaker, password) ->
          out.println(
              "Sign in as "
                  + speaker.name()
                  + ":\n  curl -s "
                  + url
                  + "/api/sessions -H 'Content-Type: application/json' -d '{\"handle\":\""
                  + speaker.handle()
                  + "\",\"password\":\""
                  + password
                  + "\"}'"));
    }
  }

  public static Outcome sample(Services services, Secret secret) {
    return load(Dialogue.sample(), services, secret);
  }

  static Outcome load(Dialogue dialogue, Services services, Secret secret) {
    return new Seeding(services, secret).load(dialogue);
  }

  private Outcome load(Dialogue dialogue) {
    Map<Speaker, String> passwords = new LinkedHashMap<>();
    Map<Speaker, UserId> people = new LinkedHashMap<>();
    for (Speaker speaker : dialogue.speakers()) {
      String password = password(speaker);
      passwords.put(speaker, password);
      people.put(speaker, person(speaker, password).id());
    }
    List<UserId> two = List.copyOf(people.values());
    ConversationId id = services.conversations().openDirect(two.get(0), two.get(1));
    Set<Long> there = new HashSet<>();
    forEachEntry(
        id,
        entry -> {
          if (entry instanceof Entry.Authored authored) {
            there.add(authored.clientId().uuid().getLeastSignificantBits());
          }
        });
    int written = 0;
    try (ProgressBar progress =
        TableTask.out(false, false).progress("seed", dialogue.lines().size())) {
      int at = 0;
      for (Line line : dialogue.lines()) {
        ByteBuffer bits = bits(line, at++);
        UserId from = Objects.requireNonNull(people.get(line.speaker()));
        ClientId sample = ClientId.of(Instant.EPOCH, bits.getLong(0), bits.getLong(8));
        if (!there.contains(sample.uuid().getLeastSignificantBits())) {
          write(from, id, bits, line);
          written++;
        }
        progress.step();
      }
    }
    project(id);
    return new Outcome(passwords, two, dialogue.lines().size(), written);
  }

  /// What is the same for this line of this dialogue whenever it is loaded: its place and its
  /// words.
  private ByteBuffer bits(Line line, int place) {
    String what = "line|" + place + "|" + line.speaker().handle() + "|" + line.text().value();
    return ByteBuffer.wrap(Secret.hmac(key, what.getBytes(StandardCharsets.UTF_8)));
  }

  private void write(UserId from, ConversationId id, ByteBuffer bits, Line line) {
    Instant now = services.clock().instant();
    ClientId clientId = ClientId.of(now, bits.getLong(0), bits.getLong(8));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Written written = services.messages().send(from, id, clientId, line.text());
      switch (written) {
        case Written.Stored _, Written.Already _ -> {
          return;
        }
        case Written.TooBusy() -> pause();
        case Written.ClientIdReused _,
            Written.ClientIdInFuture _,
            Written.ClientIdExpired _,
            Written.NoConversation _,
            Written.NoMessage _,
            Written.TooLate _,
            Written.TooManyStrangers _,
            Written.NothingWritten _,
            Written.NobodyThere _ ->
            throw new IllegalStateException(
                "line " + line.number() + " was refused: " + written.getClass().getSimpleName());
      }
    }
    throw new Refused("The conversation is too busy. Run the same again later: it goes on.");
  }

  /// Rows now, and not when a server next reads the stream.
  private void project(ConversationId id) {
    List<Entry> batch = new ArrayList<>();
    forEachEntry(
        id,
        entry -> {
          batch.add(entry);
          if (batch.size() == Limits.TAIL_EXTENSION) {
            services.projector().project(id, List.copyOf(batch));
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      services.projector().project(id, batch);
    }
  }

  private void forEachEntry(ConversationId id, Consumer<Entry> visitor) {
    long seq = 0;
    List<Entry> entries;
    do {
      entries = services.log().after(id, seq, Limits.TAIL_EXTENSION, Consistency.STRONG);
      for (Entry entry : entries) {
        visitor.accept(entry);
        seq = entry.seq();
      }
    } while (entries.size() == Limits.TAIL_EXTENSION);
  }

  private String password(Speaker speaker) {
    byte[] bits =
        Secret.hmac(key, ("password|" + speaker.handle()).getBytes(StandardCharsets.UTF_8));
    return Ids.encode("sample-", bits);
  }

  /// The account of a speaker, made if need be. Somebody else who has the handle is left alone: no
  /// dialogue may put words into a real person's mouth.
  private Account person(Speaker speaker, String password) {
    // Not by trying to sign in: that would count as a failure of somebody who is not there.
    Account there = services.accounts().byHandle(speaker.handle());
    if (there != null
        && services.accounts().confirm(there, new PasswordAttempt(password), Source.HERE)
            instanceof Attempt.Right<Account>(Account account)) {
      return account;
    }
    Parsed<Password> parsed = Password.parse(password, speaker.handle(), speaker.name());
    SignUp signUp =
        services.accounts().signUp(speaker.handle(), speaker.name(), parsed.orThrow(), Source.HERE);
    return switch (signUp) {
      case SignUp.Created(Account account) -> account;
      case SignUp.HandleTaken(), SignUp.Paused(_) ->
          throw new Refused(
              "The handle "
                  + speaker.handle()
                  + " belongs to somebody who was not made by this command (or who has changed the"
                  + " password). Give the speaker another name in the file.");
    };
  }

  private static void pause() {
    try {
      Thread.sleep(NO_HURRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("Interrupted. Run the same again: it goes on.");
    }
  }
}
