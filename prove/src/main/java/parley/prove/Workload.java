package parley.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import parley.prove.Cast.Talk;
import parley.prove.Ledger.Saying;
import parley.prove.Tally.Of;
import tools.jackson.databind.node.ObjectNode;

/// Who sends what: in each conversation, both ways, streams of messages that each wait for their
/// answer. Some are sent twice at once, some again after their answer, and of some the answer is
/// thrown away; others mark as read what came.
final class Workload {
  /// Of a hundred messages, how many are sent in each of these ways, and after how many the other
  /// person says how far they have read.
  record Mix(int twice, int again, int thrownAway, int marks) {
    static final Mix USUAL = new Mix(10, 5, 10, 5);
  }

  private static final int FILLER_MAX = 80;

  private final Client client;
  private final Cast cast;
  private final ClientIds ids;
  private final Tally tally;
  private final Mix mix;
  private final Ledger ledger = new Ledger();
  private final List<Future<?>> streams = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean stopped;

  Workload(Client client, Cast cast, ClientIds ids, Tally tally, Mix mix) {
    this.client = client;
    this.cast = cast;
    this.ids = ids;
    this.tally = tally;
    this.mix = mix;
  }

  Ledger ledger() {
    return ledger;
  }

  /// Begins `each` streams in each direction of each of these conversations, of `messages` messages
  /// in all.
  void start(List<Talk> talks, int each, long messages) {
    stopped = false;
    int all = talks.size() * 2 * each;
    int stream = 0;
    for (Talk talk : talks) {
      for (Person from : talk.both()) {
        for (int i = 0; i < each; i++) {
          long share = messages / all + (stream < messages % all ? 1 : 0);
          stream++;
          streams.add(threads.submit(() -> say(talk, from, share)));
        }
      }
    }
  }

  /// Sends one message in each of these conversations, and returns when all are acknowledged.
  void sayOnce(List<Talk> talks) throws InterruptedException {
    List<Callable<Long>> sayings = new ArrayList<>();
    for (Talk talk : talks) {
      sayings.add(() -> {
        String clientId = ids.next();
        return send(ledger.begin(talk, talk.one(), clientId, clientId), 0);
      });
    }
    Together.run(talks.size(), sayings);
  }

  /// Messages that have been sent, and whose answer has not come.
  int underWay() {
    return underWay.get();
  }

  /// No stream begins another message. Those that have begun are seen through.
  void stop() {
    stopped = true;
  }

  /// Waits until every stream has ended; a stop is asked for when `atMost` is over.
  void join(Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    for (Future<?> stream : streams) {
      try {
        stream.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        stop();
        Together.result(stream);
      } catch (ExecutionException e) {
        Together.result(stream);
      }
    }
    streams.clear();
  }

  private void say(Talk talk, Person from, long messages) {
    try {
      for (long i = 0; i < messages && !stopped; i++) {
        underWay.incrementAndGet();
        try {
          one(talk, from);
        } finally {
          underWay.decrementAndGet();
        }
      }
    } catch (GaveUp e) {
      ledger.found(new Finding(Promise.ANSWERED, talk.id(), String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void one(Talk talk, Person from) throws InterruptedException {
    ThreadLocalRandom chance = ThreadLocalRandom.current();
    String clientId = ids.next();
    Saying saying = ledger.begin(talk, from, clientId, clientId + filler(chance));
    int server = chance.nextInt(1 << 20);
    int way = chance.nextInt(100);
    if (way < mix.twice()) {
      tally.count(Of.SENT_TWICE);
      Callable<Long> here = () -> send(saying, server);
      Callable<Long> there = () -> send(saying, server + 1);
      Together.run(2, List.of(here, there));
    } else if (way < mix.twice() + mix.again()) {
      send(saying, server);
      again(saying, server + 1);
    } else if (way < mix.twice() + mix.again() + mix.thrownAway()) {
      client.abandon(server, from, "POST", talk.path() + "/messages", body(saying));
      send(saying, server + 1);
    } else {
      long seq = send(saying, server);
      if (seq > 0 && chance.nextInt(100) < mix.marks()) {
        markRead(talk, talk.peer(from), 1 + chance.nextLong(seq), server);
      }
    }
  }

  private static String filler(Random chance) {
    return " " + "x".repeat(chance.nextInt(FILLER_MAX));
  }

  private static ObjectNode body(Saying saying) {
    return Client.JSON.createObjectNode().put("clientId", saying.clientId).put("text", saying.text);
  }

  private long send(Saying saying, int server) throws InterruptedException {
    Client.Answer answer =
        client.insist(server, saying.from, "POST", saying.talk.path() + "/messages", body(saying));
    if (!answer.isGood()) {
      ledger.found(
          new Finding(
              Promise.ANSWERED,
              saying.talk.id(),
              "message %s was refused: %s".formatted(saying.clientId, answer.code())));
      return 0;
    }
    long seq = answer.body().path("seq").asLong();
    ledger.acknowledge(saying, seq);
    return seq;
  }

  private void again(Saying saying, int server) throws InterruptedException {
    tally.count(Of.SENT_AGAIN);
    send(saying, server);
  }

  private void markRead(Talk talk, Person reader, long seq, int server)
      throws InterruptedException {
    client.mustDo(
        server,
        reader,
        "PUT",
        talk.path() + "/read",
        Client.JSON.createObjectNode().put("seq", seq));
    ledger.marked(reader, talk, seq);
  }

  /// Sends some of what was acknowledged long ago once more: at most `most`, taken by chance.
  void replay(int most, Random chance) throws InterruptedException {
    List<Saying> all = new ArrayList<>();
    cast.talks().forEach(talk -> all.addAll(ledger.sayings(talk)));
    all.removeIf(saying -> !saying.isAcknowledged());
    Collections.shuffle(all, chance);
    List<Callable<Boolean>> replays = new ArrayList<>();
    for (Saying saying : all.subList(0, Math.min(most, all.size()))) {
      int server = chance.nextInt(1 << 20);
      replays.add(() -> {
        again(saying, server);
        return true;
      });
    }
    Together.run(8, replays);
  }
}
