import { expect, test } from "vitest";
import type { MessageView } from "../../src/core";
import { conversationView, inboxItems, mayChange, unsentCount } from "../../src/core";
import type { Tab } from "./browser";
import { Scene } from "./scene";

const DAY = 24 * 3_600_000;

/// A scene in which one's own message 1 is open on the screen.
async function said(text = "first"): Promise<{ scene: Scene; tab: Tab }> {
  const scene = new Scene();
  const tab = await scene.tab();
  tab.app.commands.send(scene.id, text);
  await scene.pass(1_000);
  await scene.run(tab, (it) => it.openConversation(scene.id));
  return { scene, tab };
}

function newest(scene: Scene, { app }: Tab): MessageView {
  const line = conversationView(app.getState(), scene.id).lines.at(-1);
  if (line?.kind !== "message") {
    throw new Error("the newest line is no message");
  }
  return line.message;
}

test("an edit is on the screen in the turn in which it is made, and then in the log", async () => {
  const { scene, tab } = await said();
  expect(tab.app.commands.edit(scene.id, 1, "second")).toBe(true);
  expect(newest(scene, tab)).toMatchObject({ text: "second", edited: true, mark: "sending" });
  expect(inboxItems(tab.app.getState())[0]?.preview.text).toBe("second");
  await scene.pass(1_000);
  expect(newest(scene, tab)).toMatchObject({ text: "second", edited: true, mark: "stored" });
  expect(tab.app.getState().outbox).toEqual([]);
  expect(scene.texts()).toEqual(["second"]);
  expect(tab.app.getState().conversations.get(scene.id)?.row.last?.text).toBe("second");
});

test("an unsend takes the text from the screen, the inbox and what is kept", async () => {
  const { scene, tab } = await said("a secret");
  tab.app.commands.unsend(scene.id, 1);
  expect(newest(scene, tab)).toMatchObject({ text: null, mark: "sending" });
  expect(inboxItems(tab.app.getState())[0]?.preview).toMatchObject({ own: true, text: null });
  await scene.pass(5_000);
  expect(scene.server.messages(scene.id)[0]).toMatchObject({ seq: 1, unsent: true });
  tab.crash();
  scene.browser.connect(false);
  const next = await scene.tab();
  expect(newest(scene, next)).toMatchObject({ text: null });
  const { conversations, outbox, drafts } = next.app.getState();
  expect(JSON.stringify([[...conversations], outbox, [...drafts]])).not.toContain("a secret");
});

test("somebody else's unsend reaches what is kept here", async () => {
  const { scene, tab } = await said();
  scene.says("not for you");
  await scene.pass(2_000);
  expect(scene.shown(tab)).toEqual(["first", "not for you"]);
  scene.browser.connect(false);
  scene.server.write(scene.id, { kind: "unsend", from: scene.ben.id, target: 2 });
  await scene.pass(2_000);
  scene.browser.connect(true);
  await scene.pass(5_000);
  expect(scene.shown(tab)).toEqual(["first", ""]);
  tab.crash();
  scene.browser.connect(false);
  const next = await scene.tab();
  expect(JSON.stringify([...next.app.getState().conversations])).not.toContain("not for you");
});

test("made offline, changes wait behind what was written before, also over a crash", async () => {
  const { scene, tab } = await said();
  scene.browser.connect(false);
  tab.app.commands.send(scene.id, "another");
  tab.app.commands.edit(scene.id, 1, "mended");
  await scene.pass(2_000);
  expect(unsentCount(tab.app.getState())).toBe(2);
  tab.crash();
  const next = await scene.tab();
  scene.browser.connect(true);
  await scene.pass(5_000);
  const log = scene.server.conversations.get(scene.id)?.log ?? [];
  expect(log.map((it) => it.kind)).toEqual(["message", "message", "edit"]);
  expect(scene.texts()).toEqual(["mended", "another"]);
  expect(unsentCount(next.app.getState())).toBe(0);
});

test("a change that was stored without an answer is there once", async () => {
  const { scene, tab } = await said();
  scene.browser.fates = ["unanswered"];
  scene.browser.lines = ["lost"];
  tab.app.commands.edit(scene.id, 1, "once");
  await scene.pass(10_000);
  expect(scene.browser.requests.filter((it) => it.startsWith("PATCH"))).toHaveLength(2);
  expect(scene.server.conversations.get(scene.id)?.log).toHaveLength(2);
  expect(newest(scene, tab)).toMatchObject({ text: "once", mark: "stored" });
});

test("the last word on a message is the one that leaves", async () => {
  const { scene, tab } = await said();
  scene.browser.connect(false);
  tab.app.commands.edit(scene.id, 1, "one");
  await scene.pass(100);
  tab.app.commands.edit(scene.id, 1, "two");
  await scene.pass(100);
  tab.app.commands.unsend(scene.id, 1);
  await scene.pass(100);
  expect(tab.app.getState().outbox.map((it) => it.change?.kind)).toEqual(["unsend"]);
  scene.browser.connect(true);
  await scene.pass(5_000);
  const log = scene.server.conversations.get(scene.id)?.log ?? [];
  expect(log.map((it) => it.kind)).toEqual(["message", "unsend"]);
});

test("an edit that comes too late says so, and the message stays as it was when it is given up", async () => {
  const { scene, tab } = await said();
  expect(mayChange(tab.app.getState(), newest(scene, tab), scene.server.time.now)).toEqual({
    edit: true,
    unsend: true,
  });
  scene.browser.connect(false);
  tab.app.commands.edit(scene.id, 1, "late");
  await scene.pass(DAY + 1_000);
  scene.browser.connect(true);
  await scene.pass(5_000);
  const failed = newest(scene, tab);
  expect(failed).toMatchObject({ text: "late", mark: "failed", change: "edit" });
  expect(failed.problem?.code).toBe("edit_too_late");
  tab.app.commands.discard(failed.outboxKey ?? "");
  await scene.pass(100);
  const left = newest(scene, tab);
  expect(left).toMatchObject({ text: "first", edited: false, mark: "stored" });
  expect(mayChange(tab.app.getState(), left, scene.server.time.now)).toEqual({
    edit: false,
    unsend: true,
  });
});

test("unsent from elsewhere meanwhile, it is as one wants it", async () => {
  const { scene, tab } = await said();
  scene.browser.connect(false);
  tab.app.commands.unsend(scene.id, 1);
  scene.server.write(scene.id, { kind: "unsend", from: scene.ann.id, target: 1 });
  await scene.pass(100);
  scene.browser.connect(true);
  await scene.pass(5_000);
  expect(tab.app.getState().outbox).toEqual([]);
  expect(newest(scene, tab)).toMatchObject({ text: null, mark: "stored" });
});

test("no text that nobody would take becomes an edit, and nobody else's message can be changed", async () => {
  const { scene, tab } = await said();
  expect(tab.app.commands.edit(scene.id, 1, "  ")).toBe(false);
  expect(tab.app.commands.edit(scene.id, 1, "x".repeat(2_001))).toBe(false);
  scene.says("mine");
  await scene.pass(1_000);
  const theirs = newest(scene, tab);
  expect(mayChange(tab.app.getState(), theirs, scene.server.time.now)).toEqual({
    edit: false,
    unsend: false,
  });
});
