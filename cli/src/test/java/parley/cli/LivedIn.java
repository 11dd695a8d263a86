package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A deployment in which somebody has left traces of every kind: what she wrote to whom, and what
/// others did about her.
final class LivedIn {
  static final String HANDLE = "mara_quell";
  static final String BEFORE = "mara_before";
  static final String NAME = "Mara Quellwolke";
  static final String SUBJECT = "mara@quellwolke.example";

  /// In everything that she wrote.
  static final String WORDS = "quellwolke-says";

  /// In what others wrote, which is theirs.
  static final String THEIRS = "their-own-words";

  static final int FRIENDS = 8;

  /// More than one piece of an erasure.
  private static final int LONG = 104;

  private final Neighbour nobody;
  final String data;
  final List<Neighbour> friends = new ArrayList<>();
  final List<String> conversations = new ArrayList<>();
  private Neighbour mara;

  /// Who she is, as the table knows her, and what lets her in.
  String id = "";

  private final List<String> tokens = new ArrayList<>();

  LivedIn(Neighbour nobody, Path data) {
    this.nobody = nobody;
    this.data = data.toString();
    this.mara = nobody;
  }

  /// Everything that tells of her.
  List<String> traces() {
    List<String> traces = new ArrayList<>(List.of(id, HANDLE, BEFORE, NAME, SUBJECT, WORDS));
    traces.add(Neighbour.password(BEFORE));
    traces.addAll(tokens);
    return traces;
  }

  static String friend(int number) {
    return "friend_" + number;
  }

  private void writes(int friend, String more) throws Exception {
    mara.write(conversations.get(friend), WORDS + " " + friend + " " + more);
  }

  private void answers(int friend, String more) throws Exception {
    friends.get(friend).write(conversations.get(friend), THEIRS + " " + friend + " " + more);
  }

  /// By people: over HTTP, on a server that limits them.
  void live() throws Exception {
    mara = nobody.signUp(BEFORE, NAME);
    tokens.add(mara.token());
    id = mara.id();
    mara.send("PATCH", "/api/me", Map.of("handle", HANDLE)).is(200);
    for (int i = 0; i < FRIENDS; i++) {
      friends.add(nobody.signUp(friend(i), "Friend " + i));
      conversations.add(mara.conversation(friend(i)));
    }
    // The first is a long one; 6 never answers, 7 is opened and never written in.
    for (int i = 0; i < LONG / 2; i++) {
      writes(0, "long " + i);
      answers(0, "long " + i);
    }
    for (int i = 1; i < 6; i++) {
      writes(i, "first");
      answers(i, "first");
      writes(i, "second");
    }
    writes(6, "anybody there?");
    String inbox = "/api/conversations/";
    // Edited, unsent, reported either way.
    mara.send(
            "PATCH",
            inbox + conversations.get(1) + "/messages/1",
            Map.of("clientId", mara.clientId(), "text", WORDS + " edited"))
        .is(200);
    mara.send(
            "DELETE",
            inbox + conversations.get(1) + "/messages/3?clientId=" + mara.clientId(),
            null)
        .is(200);
    reports(mara, 1, 2);
    reports(friends.get(2), 2, 1);
    // Archived and muted, by her and by the other; deleted for herself.
    Map<String, Object> away = Map.of("folder", "archive", "muted", true);
    String second = inbox + conversations.get(2);
    mara.when(inbox + conversations.get(2), row -> row.at("/last/seq").asLong() == 3);
    mara.send("PATCH", second, away).is(200);
    friends.get(2).send("PATCH", second, away).is(200);
    mara.send("DELETE", inbox + conversations.get(3), null).is(200);
    // Blocks either way, and what is written behind them.
    mara.send("PUT", "/api/blocks/" + friends.get(4).id(), null).is(204);
    answers(4, "hidden from her");
    friends.get(5).send("PUT", "/api/blocks/" + id, null).is(204);
    writes(5, "hidden from them");
    // Sessions, one that failed, a ticket.
    for (int i = 0; i < 3; i++) {
      tokens.add(nobody.signIn(HANDLE, BEFORE).token());
    }
    nobody.tryToSignIn(HANDLE, "somebody else").is(401);
    mara.send("POST", "/api/events/ticket", null).is(201);
  }

  private void reports(Neighbour by, int friend, long seq) throws Exception {
    by.send(
            "POST",
            "/api/conversations/" + conversations.get(friend) + "/reports",
            Map.of("clientId", by.clientId(), "seq", seq, "reason", "harassment"))
        .is(204);
  }

  /// By operators: an identity of a provider, and a look at what she wrote, which leaves a line.
  void areLookedInto(String operatorUrl) throws Exception {
    Spoken linked =
        Spoken.by(
            "user",
            "relink",
            HANDLE,
            "--issuer",
            "https://id.example",
            "--subject",
            SUBJECT,
            "--data",
            data);
    assertThat(linked.code()).as(linked.err()).isZero();
    Spoken made =
        Spoken.by(
            "operator",
            "token",
            "create",
            "--name",
            "desk",
            "--scope",
            "inspect,texts,reports",
            "--data",
            data);
    assertThat(made.code()).as(made.err()).isZero();
    Neighbour operator = new Neighbour(operatorUrl, made.out().strip(), nobody.ahead());
    for (String of : List.of(HANDLE, "I#https://id.example#" + SUBJECT, id)) {
      String query = "?texts=true&of=" + of.replace("#", "%23").replace("@", "%40");
      operator.send("GET", "/operator/inspect/collection" + query, null).is(200);
    }
    operator.send("GET", "/operator/reports", null).is(200);
  }
}
