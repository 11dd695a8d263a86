import { expect, test } from "vitest";
import { conversationView, inboxItems, resolvePlace, totalUnread } from "../../src/core";
import type { State } from "../../src/core";
import { Person } from "./person";

const SERVER = process.env["PARLEY_SERVER"];
const PASSWORD = "rowing at dawn";

function texts(state: State, place: string): (string | null)[] {
  return conversationView(state, place).lines.flatMap((line) =>
    line.kind === "message" ? [line.message.text] : [],
  );
}

test("two people sign up, find each other, write, lose the network, and leave", async () => {
  if (SERVER === undefined) {
    throw new Error("PARLEY_SERVER says where a server runs, such as http://localhost:8080.");
  }
  const nr = String(Date.now() % 1_000_000);
  // Ann's clock is three hours fast.
  const ann = new Person(SERVER, 3 * 3_600_000);
  const ben = new Person(SERVER);
  try {
    await ann.until(
      "a first page",
      ({ session, config }) => session.state === "signed-out" && config !== null,
    );
    expect(await ann.app.commands.signUp(`ann${nr}`, "Ann", "short")).toMatchObject({
      ok: false,
      problem: { code: "validation_failed", errors: [{ field: "password" }] },
    });
    expect(await ann.app.commands.signUp(`ann${nr}`, "Ann", PASSWORD)).toMatchObject({ ok: true });
    expect(await ben.app.commands.signUp(`ben${nr}`, "Ben", PASSWORD)).toMatchObject({ ok: true });
    await ann.until("a connection", (it) => it.connection.state === "online");
    await ben.until("a connection", (it) => it.connection.state === "online");

    const found = await ann.app.commands.findPeople(`Ben${nr}`);
    expect(found).toMatchObject({ ok: true, value: [{ displayName: "Ben" }] });
    const place = `@ben${nr}`;
    await ann.app.commands.openPerson(place);
    const id = resolvePlace(ann.app.getState(), place)?.id ?? "";
    expect(id).toMatch(/^c-/);
    const odd = "  Are you awake?\r\n\u{1f6a3} \u202b\u05e9\u05dc\u05d5\u05dd\u202c\t.";
    expect(ann.app.commands.send(id, odd)).toBe(true);
    await ann.until("it is stored", (it) => it.outbox.length === 0 && texts(it, id).length === 1);

    // Ben hears of it at once, reads it, and answers.
    // From somebody whom he never wrote to: a request, which counts as unread once he takes it.
    await ben.until("it arrives", (it) => inboxItems(it, "requests").length === 1);
    expect(totalUnread(ben.app.getState())).toBe(0);
    expect(await ben.app.commands.moveTo(id, "inbox")).toMatchObject({ ok: true });
    await ben.until("it is in the inbox", (it) => totalUnread(it) === 1);
    await ben.app.commands.openConversation(id);
    expect(texts(ben.app.getState(), id)).toEqual([odd.replace("\r\n", "\n")]);
    ben.app.commands.markSeen(id, 1);
    await ben.until("it is read", (it) => totalUnread(it) === 0);
    ben.app.commands.send(id, "I am now.");
    await ann.until("the answer", (it) => texts(it, id).length === 2);

    // Ann loses the network; both go on writing.
    ann.connect(false);
    ["one", "two", "three"].forEach((text) => ann.app.commands.send(id, text));
    ["four", "five"].forEach((text) => ben.app.commands.send(id, text));
    await ben.until("Ben's are stored", (it) => it.outbox.length === 0);
    await new Promise((done) => setTimeout(done, 200));
    expect(ann.app.getState().outbox.map((it) => it.status.state)).not.toContain("failed");
    ann.connect(true);
    for (const person of [ann, ben]) {
      await person.until(
        "all is there",
        (it) => it.outbox.length === 0 && texts(it, id).length === 7,
      );
    }
    const all = texts(ann.app.getState(), id);
    expect(texts(ben.app.getState(), id)).toEqual(all);
    expect(all.filter((it) => ["one", "two", "three"].includes(it ?? ""))).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(all.filter((it) => ["four", "five"].includes(it ?? ""))).toEqual(["four", "five"]);

    expect(await ann.app.commands.changeName("Annabel")).toMatchObject({ ok: true });
    expect(await ann.app.commands.changePassword("not it at all", "rowing at noon")).toMatchObject({
      ok: false,
      problem: { code: "password_wrong" },
    });
    expect(await ann.app.commands.changePassword(PASSWORD, "rowing at noon")).toMatchObject({
      ok: true,
    });
    // This session goes on.
    expect(await ann.app.commands.findPeople(`ben${nr}`)).toMatchObject({ ok: true });
    expect(inboxItems(ann.app.getState())).toHaveLength(1);
    expect(await ann.app.commands.signOut()).toEqual({ ok: true, value: null });
    expect(ann.app.getState().session).toEqual({ state: "signed-out", why: "signed-out" });
    expect(ann.app.getState().conversations.size).toBe(0);

    // Ended everywhere, Ben's session is over in this browser too.
    expect(await ben.app.commands.signOut(true)).toEqual({ ok: true, value: null });
    expect(await ben.app.commands.signIn(`ben${nr}`, PASSWORD)).toMatchObject({ ok: true });
    await ben.app.commands.loadInbox();
    expect(inboxItems(ben.app.getState())).toHaveLength(1);
  } finally {
    await ann.app.close();
    await ben.app.close();
  }
});
