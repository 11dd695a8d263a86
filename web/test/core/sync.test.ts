import { expect, test } from "vitest";
import type { Arrival } from "../../src/core";
import { inboxItems, totalUnread } from "../../src/core";
import { CATCH_UP_PAGES } from "../../src/core/sync";
import type { Fate } from "./browser";
import { Scene } from "./scene";

test("what is said while one is away is there when one is back, and seen on the other device too", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  scene.browser.connect(false);
  for (let i = 0; i < 130; i++) {
    scene.says(`away ${i}`);
  }
  await scene.pass(10_000);
  expect(scene.shown(tab)).toEqual([]);
  scene.browser.connect(true);
  await scene.pass(10_000);
  expect(scene.shown(tab)).toHaveLength(130);
  expect(totalUnread(tab.app.getState())).toBe(130);
  scene.server.markRead(scene.id, scene.ann.id, 130);
  await scene.pass(1_000);
  expect(totalUnread(tab.app.getState())).toBe(0);
});

test("a gap in what is heard is asked for", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  scene.browser.lines = ["lost", "lost", "well"];
  ["a", "b", "c"].forEach((text) => scene.says(text));
  await scene.pass(1_000);
  expect(scene.shown(tab)).toEqual(["a", "b", "c"]);
});

test("nobody who was away for long goes through everything, and the rest is there on scrolling", async () => {
  const scene = new Scene();
  scene.server.inboxPage = 2;
  const count = 2 * CATCH_UP_PAGES + 7;
  const ids = Array.from({ length: count }, (_, i) => {
    const other = scene.server.account(`p${String(i).padStart(2, "0")}`);
    return scene.server.open(scene.ann, other).id;
  });
  const write = async (text: string): Promise<void> => {
    for (const id of ids) {
      scene.says(text, id);
      await scene.pass(10);
    }
  };
  await write("before");
  const tab = await scene.tab();
  expect(inboxItems(tab.app.getState())).toHaveLength(2);
  scene.browser.connect(false);
  await write("after");
  scene.browser.connect(true);
  await scene.pass(30_000);
  for (let i = 0; i < count; i++) {
    await scene.run(tab, (it) => it.loadMoreInbox());
  }
  const items = inboxItems(tab.app.getState());
  expect(items.map((it) => it.place)).toEqual([...ids].reverse());
  expect(items.every((it) => it.preview.text === "after")).toBe(true);
  expect(tab.app.getState().inbox.complete).toBe(true);
});

test("what others say arrives once, in order, and history and one's own do not", async () => {
  const scene = new Scene();
  scene.says("history");
  const tab = await scene.tab();
  const arrived: Arrival[] = [];
  tab.app.onArrival((it) => arrived.push(it));
  await scene.run(tab, (it) => it.openConversation(scene.id));
  scene.browser.lines = ["twice", "lost", "late", "well"];
  ["a", "b", "c"].forEach((text) => scene.says(text));
  tab.app.commands.send(scene.id, "mine");
  await scene.pass(5_000);
  expect(arrived.map((it) => it.text)).toEqual(["a", "b", "c"]);
  expect(arrived[0]?.from.handle).toBe("ben");
});

test("seen is told to the server, also what was seen offline", async () => {
  const scene = new Scene();
  ["a", "b"].forEach((text) => scene.says(text));
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  scene.browser.connect(false);
  tab.app.commands.markSeen(scene.id, 2);
  expect(totalUnread(tab.app.getState())).toBe(0);
  await scene.pass(5_000);
  expect(scene.server.row(scene.id, scene.ann.id).unread).toBe(2);
  tab.crash();
  scene.browser.connect(true);
  const next = await scene.tab();
  await scene.pass(5_000);
  expect(scene.server.row(scene.id, scene.ann.id).unread).toBe(0);
  expect(totalUnread(next.app.getState())).toBe(0);
});

test("what failed to load is tried again when there is hope", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  scene.browser.connect(false);
  await scene.run(tab, (it) => it.openConversation(scene.id));
  expect(tab.app.getState().conversations.get(scene.id)?.newer).toMatchObject({
    problem: { code: "offline" },
  });
  scene.browser.connect(true);
  await scene.pass(5_000);
  expect(scene.shown(tab)).toEqual(["hello"]);
});

test("what failed to load is tried again while all else goes well", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  const attempts: [Fate, number][] = [
    ["never arrives", 2_000],
    ["too busy", 2_000],
    ["hangs", 22_000],
    ["too often", 3_000],
  ];
  for (const [fate, millis] of attempts) {
    const other = scene.server.account(`for_${fate.replaceAll(" ", "_")}`);
    const { id } = scene.server.open(scene.ann, other);
    scene.says(fate, id);
    await scene.pass(1_000);
    scene.browser.fates = [fate];
    void tab.app.commands.openConversation(id);
    await scene.pass(millis);
    expect(scene.shown(tab, id)).toEqual([fate]);
  }
});

test("it is tried less and less often, and not where nobody looks any more", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  const tried = (): number =>
    scene.browser.requests.filter((it) => it === `GET /api/conversations/${scene.id}/messages`)
      .length;
  scene.browser.fates = Array.from({ length: 100 }, () => "fault");
  void tab.app.commands.openConversation(scene.id);
  await scene.pass(60_000);
  const first = tried();
  expect(first).toBeGreaterThan(4);
  expect(first).toBeLessThan(10);
  await scene.pass(120_000);
  expect(tried() - first).toBeLessThan(5);
  tab.app.commands.closePlace();
  const last = tried();
  await scene.pass(300_000);
  expect(tried()).toBe(last);
  scene.browser.fates = [];
  await scene.run(tab, (it) => it.openConversation(scene.id));
  expect(scene.shown(tab)).toEqual(["hello"]);
});

test("a person is asked for again, too, also where no connection comes about", async () => {
  const scene = new Scene();
  scene.browser.hasSockets = false;
  scene.says("hello");
  const tab = await scene.tab();
  scene.browser.fates = ["never arrives", "never arrives"];
  const cleo = scene.server.account("cleo");
  void tab.app.commands.openPerson(cleo.handle);
  await scene.pass(10_000);
  expect(tab.app.getState().openings.get("@cleo")?.state).toBe("open");
});

test("what cannot be had is not asked for again", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation("c-elsewhere"));
  const tried = scene.browser.requests.length;
  await scene.pass(25_000);
  expect(scene.browser.requests.slice(tried).filter((it) => it.includes("elsewhere"))).toEqual([]);
});

test("somebody else's conversation is a reason in words", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation("c-elsewhere"));
  expect(tab.app.getState().openings.get("c-elsewhere")).toMatchObject({
    state: "failed",
    problem: { code: "conversation_not_found" },
  });
});
