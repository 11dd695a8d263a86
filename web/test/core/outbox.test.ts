import { expect, test } from "vitest";
import { conversationView, inboxItems, resolvePlace, unsentCount } from "../../src/core";
import { TIMEOUT_MILLIS } from "../../src/core/api";
import { SERVER_FAULTS_MAX } from "../../src/core/outbox";
import { TEXT_CODE_POINTS } from "../../src/core/text";
import { timeOf } from "../../src/core/uuid";
import { outboxOf, Scene } from "./scene";

const HOUR = 3_600_000;

test("a message is on the screen in the turn in which it is sent, and its line keeps its key", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.says("hello");
  await scene.pass(1_000);
  await scene.run({ app } as never, (it) => it.openConversation(scene.id));
  app.commands.setDraft(scene.id, "Are you awake?");
  expect(app.commands.send(scene.id, "Are you awake?")).toBe(true);
  const sending = conversationView(app.getState(), scene.id).lines.at(-1);
  expect(sending).toMatchObject({ kind: "message", message: { mark: "sending", seq: null } });
  expect(app.getState().drafts.has(scene.id)).toBe(false);
  await scene.pass(1_000);
  const stored = conversationView(app.getState(), scene.id).lines.at(-1);
  expect(stored).toMatchObject({ key: sending?.key, message: { mark: "stored", seq: 2 } });
});

test.each([3 * HOUR, -3 * HOUR, 0])(
  "ids carry the server's time on a clock %i off",
  async (skew) => {
    const scene = new Scene();
    scene.browser.skew = skew;
    const { app } = await scene.tab();
    app.commands.send(scene.id, "now");
    await scene.pass(1_000);
    const stored = scene.server.messages(scene.id)[0];
    expect(Math.abs(timeOf(stored?.clientId ?? "") - scene.server.time.now)).toBeLessThan(3_000);
    expect(Math.abs((app.getState().clockOffset ?? 0) + skew)).toBeLessThan(3_000);
  },
);

test("somebody who sets the clock while it runs changes nothing", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.skew = 5 * HOUR;
  app.commands.send(scene.id, "now");
  await scene.pass(1_000);
  expect(scene.texts()).toEqual(["now"]);
});

test("written offline, it goes out when the network is back, also after a reload", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  scene.browser.connect(false);
  ["one", "two", "three"].forEach((text) => tab.app.commands.send(scene.id, text));
  await scene.pass(60_000);
  expect(unsentCount(tab.app.getState())).toBe(3);
  tab.crash();
  const next = await scene.tab();
  expect(outboxOf(next.app.getState())).toHaveLength(3);
  expect(next.app.getState().session).toMatchObject({ state: "signed-in", confirmed: false });
  scene.browser.connect(true);
  await scene.pass(5_000);
  expect(scene.texts()).toEqual(["one", "two", "three"]);
});

test("stored without an answer, it is sent again under the same id, and is there once", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.fates = ["unanswered"];
  scene.browser.lines = ["lost"];
  app.commands.send(scene.id, "once");
  await scene.pass(500);
  expect(scene.texts()).toEqual(["once"]);
  await scene.pass(10_000);
  const posts = scene.browser.requests.filter((it) => it.startsWith("POST"));
  expect([posts.length, scene.texts()]).toEqual([2, ["once"]]);
});

test("a request that hangs is given up after its time, and made again", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.fates = ["hangs"];
  scene.browser.lines = ["lost"];
  const posts = () => scene.browser.requests.filter((it) => it.startsWith("POST")).length;
  app.commands.send(scene.id, "once");
  await scene.pass(TIMEOUT_MILLIS - 1);
  expect([posts(), outboxOf(app.getState())]).toEqual([1, ["once: sending"]]);
  await scene.pass(1);
  expect(outboxOf(app.getState())).toEqual(["once: queued"]);
  await scene.pass(2_000);
  expect([posts(), scene.texts()]).toEqual([2, ["once"]]);
});

test("told to wait, it waits as long as it was told, and no longer", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.fates = ["too often"];
  app.commands.send(scene.id, "patience");
  await scene.pass(1_900);
  const posts = () => scene.browser.requests.filter((it) => it.startsWith("POST")).length;
  expect(posts()).toBe(1);
  await scene.pass(400);
  expect([posts(), scene.texts()]).toEqual([2, ["patience"]]);
});

test("refused for good, it stays with its reason; the next one goes; it can be tried again or dropped", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.fates = Array<"fault">(SERVER_FAULTS_MAX).fill("fault");
  app.commands.send(scene.id, "bad luck");
  app.commands.send(scene.id, "good luck");
  await scene.pass(120_000);
  expect(outboxOf(app.getState())).toContain("bad luck: failed");
  expect(scene.texts()).toEqual(["good luck"]);
  const failed = app.getState().outbox.find((it) => it.status.state === "failed");
  expect(failed?.status).toMatchObject({ problem: { code: "internal", detail: "internal" } });
  app.commands.retry(failed?.key ?? "");
  await scene.pass(1_000);
  expect(scene.texts()).toEqual(["good luck", "bad luck"]);
});

test("a stranger too many today is said at once, and nobody else waits for tomorrow", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.fates = ["a stranger too many"];
  app.commands.send(scene.id, "to a stranger");
  app.commands.send(scene.id, "to a friend");
  await scene.pass(5_000);
  expect(outboxOf(app.getState())).toContain("to a stranger: failed");
  expect(scene.texts()).toEqual(["to a friend"]);
});

test("a failed message that is dropped is gone, also after a reload", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  tab.app.commands.send("c-nowhere", "lost");
  await scene.pass(1_000);
  const [entry] = tab.app.getState().outbox;
  expect(entry?.status).toMatchObject({ state: "failed" });
  tab.app.commands.discard(entry?.key ?? "");
  await scene.pass(1_000);
  expect(tab.app.getState().outbox).toEqual([]);
  tab.crash();
  expect(outboxOf((await scene.tab()).app.getState())).toEqual([]);
});

test("a first message opens the conversation, and what was written before moves there", async () => {
  const scene = new Scene();
  const carl = scene.server.account("carl");
  const tab = await scene.tab();
  scene.browser.connect(false);
  void tab.app.commands.openPerson("@Carl");
  await scene.pass(1_000);
  expect(tab.app.getState().open).toBe("@carl");
  tab.app.commands.send("@carl", "hello, stranger");
  tab.app.commands.send("@carl", "it is me");
  tab.app.commands.setDraft("@carl", "by the w");
  await scene.pass(1_000);
  expect(inboxItems(tab.app.getState()).map((it) => it.place)).toEqual(["@carl"]);
  scene.browser.connect(true);
  await scene.pass(60_000);
  const state = tab.app.getState();
  const id = resolvePlace(state, "@carl")?.id ?? "";
  expect(scene.texts(scene.ann, id)).toEqual(["hello, stranger", "it is me"]);
  expect(scene.server.conversations.get(id)?.members).toContain(carl.id);
  expect([...state.drafts]).toEqual([[id, "by the w"]]);
  expect(conversationView(state, "@carl").lines.filter((it) => it.kind === "message")).toHaveLength(
    2,
  );
});

test("a person who is not there is a reason in words", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openPerson("nobody"));
  const view = conversationView(tab.app.getState(), "@nobody");
  expect(view.problem).toMatchObject({ code: "participant_unknown" });
});

test("what is shown is what is stored: line breaks of one kind, no other controls, the rest as it is", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  app.commands.send(scene.id, "  a\r\nb\rc\td\u0000\u0007  e\u{1f600}\ud800 ");
  expect(app.getState().outbox[0]?.text).toBe("  a\nb\nc\td  e\u{1f600}\ufffd ");
  await scene.pass(1_000);
  expect(scene.texts()).toEqual(["  a\nb\nc\td  e\u{1f600}\ufffd "]);
});

test("blank and too long texts are not taken, and the longest is", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  const send = (text: string): boolean => app.commands.send(scene.id, text);
  expect(["", " \n\t", "\u200b\u2060", "\u2800\ufe0f"].map(send)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(send("\u{1f600}".repeat(TEXT_CODE_POINTS + 1))).toBe(false);
  expect(send("\u{1f600}".repeat(TEXT_CODE_POINTS))).toBe(true);
  await scene.pass(1_000);
  expect(scene.texts()).toHaveLength(1);
});

test("of two tabs one sends; when it goes, the other does", async () => {
  const scene = new Scene();
  const first = await scene.tab();
  const second = await scene.tab();
  expect(scene.browser.openSockets).toHaveLength(1);
  second.app.commands.send(scene.id, "from the second");
  await scene.pass(1_000);
  expect(scene.texts()).toEqual(["from the second"]);
  scene.browser.fates = ["hangs"];
  scene.browser.lines = ["lost"];
  second.app.commands.send(scene.id, "the first is sending this");
  await scene.pass(100);
  expect(outboxOf(second.app.getState()).at(-1)).toMatch("the first is sending this: sending");
  first.crash();
  await scene.pass(30_000);
  expect(scene.texts()).toEqual(["from the second", "the first is sending this"]);
  expect(scene.browser.openSockets).toHaveLength(1);
});
