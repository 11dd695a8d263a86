package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import tools.jackson.databind.JsonNode;

/// Signing up, being found, signing in and out.
class AccountJourneyTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.inMemory();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private final Caller nobody = server.nobody();

  @Test
  void oneTakesAnotherHandleAndKeepsTheOldOneForAWhile() {
    Caller one = server.nobody().newPerson("renamed");
    Caller other = server.nobody().newPerson("not_renamed");
    assertThat(one.patch("/api/me", Map.of("handle", "Renamed_2")).is(200).at("/handle"))
        .isEqualTo("renamed_2");
    assertThat(other.get("/api/accounts?prefix=renamed").at("/items/0/handle"))
        .isEqualTo("renamed_2");
    other.open("renamed").isProblem(422, "participant_unknown");
    other.patch("/api/me", Map.of("handle", "renamed")).isProblem(409, "handle_taken");
    server.nobody().signUp("renamed", "Somebody").isProblem(409, "handle_taken");
    server
        .nobody()
        .signIn("renamed", Caller.password("renamed"))
        .isProblem(401, "credentials_wrong");
    server.nobody().signIn("renamed_2", Caller.password("renamed")).is(201);
    one.patch("/api/me", Map.of("handle", "renamed_3")).is(200);
    one.patch("/api/me", Map.of("handle", "renamed_4")).is(200);
    one.patch("/api/me", Map.of("handle", "renamed_5")).isProblem(409, "handle_changed_too_often");
    one.patch("/api/me", Map.of("handle", "renamed", "displayName", "Back again")).is(200);
    assertThat(one.get("/api/me").at("/handle")).isEqualTo("renamed");
    assertThat(one.get("/api/me").at("/displayName")).isEqualTo("Back again");
  }

  @Test
  void aHandleIsTheSameInAnyCase() {
    Caller.Reply signedUp = nobody.signUp("AnnaMaria", "Anna Mária").is(201);
    assertThat(signedUp.at("/account/handle")).isEqualTo("annamaria");
    assertThat(signedUp.at("/account/displayName")).isEqualTo("Anna Mária");
    assertThat(Instant.parse(signedUp.at("/expiresAt")))
        .isBetween(
            Instant.now().plus(Limits.SESSION_LIFE).minusSeconds(60),
            Instant.now().plus(Limits.SESSION_LIFE).plusSeconds(60));
    assertThat(nobody.with(signedUp.at("/token")).get("/api/me").is(200).json())
        .isEqualTo(signedUp.json().path("account"));

    Map<String, String> somebodyElse =
        Map.of("handle", "ANNAmaria", "displayName", "Somebody", "password", "another long one");
    Caller.Reply taken = nobody.post("/api/accounts", somebodyElse).isProblem(409, "handle_taken");
    assertThat(taken.at("/errors/0/field")).isEqualTo("handle");
    // Whoever sends the same again, since the answer was lost, gets in.
    Caller.Reply again = nobody.signUp("annamaria", "Anna Mária").is(201);
    assertThat(again.json().path("account")).isEqualTo(signedUp.json().path("account"));
    Caller.Reply signedIn = nobody.signIn("aNNaMaRia", Caller.password("annamaria")).is(201);
    assertThat(signedIn.json().path("account")).isEqualTo(signedUp.json().path("account"));
    assertThat(signedIn.at("/token")).isNotEqualTo(signedUp.at("/token"));
  }

  @Test
  void peopleAreFoundByTheBeginningOfTheirHandle() {
    Caller me = nobody.newPerson("finder");
    for (String handle : new String[] {"bella", "bell", "bellamy", "berta"}) {
      nobody.newPerson(handle);
    }
    assertThat(found(me, "BELL")).containsExactly("bell", "bella", "bellamy");
    assertThat(found(me, "be")).containsExactly("bell", "bella", "bellamy", "berta");
    assertThat(found(me, "bella")).containsExactly("bella", "bellamy");
    assertThat(found(me, "bellx")).isEmpty();
    assertThat(
            me.get("/api/accounts?prefix=b")
                .isProblem(422, "validation_failed")
                .at("/errors/0/field"))
        .isEqualTo("prefix");
    me.get("/api/accounts").isProblem(422, "validation_failed");
  }

  private static List<String> found(Caller me, String prefix) {
    JsonNode items = me.get("/api/accounts?prefix=" + prefix).is(200).json().path("items");
    return items.valueStream().map(item -> item.path("handle").asString()).toList();
  }

  @Test
  void aNewNameIsSeenByOthers() {
    Caller me = nobody.newPerson("renamer");
    me.patch("/api/me", Map.of("displayName", "Somebody Else")).is(200);
    assertThat(me.get("/api/me").at("/displayName")).isEqualTo("Somebody Else");
    nobody
        .newPerson("watcher")
        .when(
            "/api/accounts?prefix=renamer",
            r -> r.at("/items/0/displayName").equals("Somebody Else"));
    me.patch("/api/me", Map.of("displayName", " ")).isProblem(422, "validation_failed");
  }

  @Test
  void aWrongPasswordAndNobodyAreTheSame() {
    nobody.newPerson("guarded");
    Caller.Reply wrong =
        nobody.signIn("guarded", "not the password").isProblem(401, "credentials_wrong");
    Caller.Reply unknown = nobody.signIn("nobody_at_all", "not the password");
    assertThat(unknown.withoutRequestId()).isEqualTo(wrong.withoutRequestId());
    assertThat(unknown.status()).isEqualTo(wrong.status());
  }

  @Test
  void signingOutEndsThisSessionAndSigningOutEverywhereAll() {
    Caller first = nobody.newPerson("leaver");
    Caller second = first.with(nobody.signIn("leaver", Caller.password("leaver")).at("/token"));
    Caller third = first.with(nobody.signIn("leaver", Caller.password("leaver")).at("/token"));

    assertThat(first.delete("/api/sessions/current").is(204).text()).isEmpty();
    first.get("/api/me").isProblem(401, "token_invalid");
    first.delete("/api/sessions/current").isProblem(401, "token_invalid");
    second.get("/api/me").is(200);

    second.delete("/api/sessions").is(204);
    second.get("/api/me").isProblem(401, "token_invalid");
    third.get("/api/me").isProblem(401, "token_invalid");
    nobody.signIn("leaver", Caller.password("leaver")).is(201);
  }

  @Test
  void aNewPasswordEndsTheOtherSessions() {
    Caller here = nobody.newPerson("changer");
    Caller there = here.with(nobody.signIn("changer", Caller.password("changer")).at("/token"));
    String next = "a quite different one";
    Map<String, String> wrong = Map.of("current", "not the password", "new", next);
    assertThat(
            here.put("/api/me/password", wrong)
                .isProblem(422, "password_wrong")
                .at("/errors/0/field"))
        .isEqualTo("current");
    there.get("/api/me").is(200);

    here.put("/api/me/password", Map.of("current", Caller.password("changer"), "new", next))
        .is(204);
    here.get("/api/me").is(200);
    there.get("/api/me").isProblem(401, "token_invalid");
    nobody.signIn("changer", Caller.password("changer")).isProblem(401, "credentials_wrong");
    nobody.signIn("changer", next).is(201);
  }

  @Test
  void whatIsNoTokenOrNoLongerOneIsRefused() {
    nobody.get("/api/me").isProblem(401, "token_missing");
    for (String token : new String[] {"x", "ps_" + "a".repeat(43), "ps_" + "~".repeat(43)}) {
      Caller.Reply refused = nobody.with(token).get("/api/me").isProblem(401, "token_invalid");
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }
    try (TestServer other = TestServer.inMemory()) {
      Caller me = other.nobody().newPerson("expiring");
      other.advance(Limits.SESSION_LIFE.minus(Duration.ofMinutes(1)));
      me.get("/api/me").is(200);
      other.advance(Duration.ofMinutes(2));
      me.get("/api/me").isProblem(401, "token_invalid");
    }
  }

  @Test
  void aPasswordThatIsANameOrCommonIsRefused() {
    for (String password : new String[] {"password123", "weakling99", "tiny"}) {
      Caller.Reply refused =
          nobody.post(
              "/api/accounts",
              Map.of("handle", "weakling99", "displayName", "W", "password", password));
      assertThat(refused.isProblem(422, "validation_failed").at("/errors/0/field"))
          .isEqualTo("password");
      assertThat(refused.withoutRequestId()).doesNotContain(password);
    }
  }
}
