package parley.bench;

import static parley.bench.Report.line;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import parley.host.Services;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.message.Written;

/// What it saves that each instance of a function remembers the ends of the logs that it wrote to.
/// Who writes next is dealt to any of them, so that one may know an end that others have gone
/// beyond: a send finds that out by a refused write, and reads.
final class TalkMemory {
  private record Talk(ConversationId id, List<UserId> people) {}

  /// A function of several instances.
  ///
  /// @param instance makes one; each request is somebody's
  /// @param units what all of them consume
  record Function(Supplier<Services> instance, CountedUnits units) {}

  private final int instances;
  private final int rate;
  private final List<Talk> talks = new ArrayList<>();

  TalkMemory(int instances, int rate, int conversations, Services services) {
    this.instances = instances;
    this.rate = rate;
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < conversations; i++) {
      List<UserId> people = List.of(UserId.random(random), UserId.random(random));
      talks.add(
          new Talk(
              services.conversations().openDirect(people.getFirst(), people.getLast()), people));
    }
    // The first message of a conversation is dearer than the others.
    talks.forEach(talk -> send(services, talk, random));
  }

  static void head() {
    line(
        "| remembered | known, %% | known too late, %% | read units a 1,000 sends |"
            + " write units | ms |");
    line("|---|---|---|---|---|---|");
  }

  /// Sends for some seconds; `remembers` is whether an instance is there for longer than a request.
  void measure(String name, Function function, boolean remembers, int seconds)
      throws InterruptedException {
    List<Services> all = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      all.add(function.instance().get());
    }
    Pace pace = new Pace(rate);
    Random random = new Random(CacheBench.SEED);
    long sends = (long) seconds * rate;
    long known = 0;
    long busy_ns = 0;
    for (long i = 0; i < sends; i++) {
      pace.await(i);
      Talk talk = talks.get(CacheBench.seldom(random, talks.size()));
      int whose = random.nextInt(instances);
      Services one = remembers ? all.get(whose) : function.instance().get();
      known += one.tails().knows(talk.id()) ? 1 : 0;
      long begun = System.nanoTime();
      send(one, talk, random);
      busy_ns += System.nanoTime() - begun;
    }
    CountedUnits units = function.units();
    double thousands = sends / 1_000.0;
    line(
        "| %s | %.1f | %.1f | %.0f | %.0f | %.0f |",
        name,
        100.0 * known / sends,
        100.0 * units.refusals() / sends,
        units.reads() / thousands,
        units.writes() / thousands,
        busy_ns / 1e6 / thousands);
  }

  private static void send(Services services, Talk talk, Random random) {
    ClientId clientId =
        ClientId.of(InstantSource.system().instant(), random.nextLong(), random.nextLong());
    UserId from = talk.people().get(random.nextInt(2));
    Text text = Text.parse("about as long as people write").orThrow();
    if (!(services.messages().send(from, talk.id(), clientId, text) instanceof Written.Stored)) {
      throw new IllegalStateException("a message was not stored");
    }
  }
}
