package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.server.Caller;
import parley.store.AccessPattern;
import tools.jackson.databind.JsonNode;

/// What a message costs of the table where functions handle it, by their own lines: the same as on
/// a server.
@Tag("serverless")
class FunctionsPriceTest {
  private static final int PAIRS = 4;
  private static final int EACH = 25;

  @Test
  void aMessageThroughTheFrontCostsThreeWrites() throws Exception {
    try (LocalCloud cloud = Clouds.start()) {
      Talk talk = Talk.on(cloud);
      Caller nobody = Caller.nobody(cloud.port());
      record Pair(Caller from, Caller to, String id) {}
      List<Pair> pairs =
          IntStream.range(0, PAIRS)
              .mapToObj(n -> {
                Caller from = nobody.newPerson("from" + n);
                Caller to = nobody.newPerson("to" + n);
                String id = from.conversationWith("to" + n);
                from.write(id, "the first");
                // Out of the requests: what follows is a message like most.
                to.write(id, "the answer");
                return new Pair(from, to, id);
              })
              .toList();
      talk.settles();
      talk.rests();
      Lines before = Lines.of(talk);
      long begun = System.nanoTime();
      // One after the other, so that one instance takes all of them: another one would not know how
      // far a log is, and be refused when it finds out.
      for (int n = 0; n < EACH; n++) {
        for (Pair pair : pairs) {
          pair.from().write(pair.id(), "number " + n);
        }
      }
      assertThat(talk.function("HttpFunction").starts()).isEqualTo(1);
      talk.settles();
      talk.rests();
      Lines after = Lines.of(talk);
      double seconds = (System.nanoTime() - begun) / 1e9;
      int messages = PAIRS * EACH;
      Map<AccessPattern, Double> units = after.since(before);
      // One on the request's path, and at most one each for the rows of two people: several
      // messages of a batch are one write. Of a busy machine an answer may be too late, and the
      // write repeated.
      assertThat(units.get(AccessPattern.APPEND)).isBetween(1.0 * messages, 1.05 * messages);
      double written =
          units.entrySet().stream()
              .filter(each -> each.getKey().price().write() > 0)
              .mapToDouble(Map.Entry::getValue)
              .sum();
      assertThat(written / messages).as("writes a message: " + units).isBetween(1.0, 3.05);
      // Nothing is read to send but what an instance that has not seen the conversation asks once,
      // and what every instance asks of a session and its account again every five seconds.
      double read =
          units.entrySet().stream()
              .filter(each -> each.getKey().price().write() == 0)
              .mapToDouble(Map.Entry::getValue)
              .sum();
      double again = 2.0 * PAIRS * talk.function("HttpFunction").starts() * (seconds / 5);
      assertThat(read).as("reads: " + units).isLessThan(3 * messages + again);
      assertThat(cloud.givenUp()).isEmpty();
    }
  }

  /// What functions have said that they consumed, so far.
  private record Lines(Map<AccessPattern, Double> units) {
    static Lines of(Talk talk) throws IOException {
      Map<AccessPattern, Double> units = new HashMap<>();
      for (String function : List.of("HttpFunction", "StreamFunction")) {
        for (JsonNode line : talk.told(function)) {
          line.path("units")
              .properties()
              .forEach(each ->
                  units.merge(
                      AccessPattern.valueOf(each.getKey().toUpperCase(Locale.ROOT)),
                      each.getValue().asDouble(),
                      Double::sum));
        }
      }
      return new Lines(units);
    }

    Map<AccessPattern, Double> since(Lines before) {
      Map<AccessPattern, Double> since = new HashMap<>(units);
      before.units.forEach((pattern, was) -> since.merge(pattern, -was, Double::sum));
      return since;
    }
  }
}
