import { expect, test } from "vitest";
import { Scene } from "./scene";

test("nobody is here: signed out, and signing in begins", async () => {
  const scene = new Scene();
  scene.browser.cookie = null;
  const tab = await scene.tab();
  expect(tab.app.getState().session).toEqual({ state: "signed-out", why: "never" });
  const wrong = await scene.run(tab, (it) => it.signIn("nobody", "pass"));
  expect(wrong).toMatchObject({ ok: false, problem: { code: "credentials_wrong" } });
  scene.says("hello");
  const right = await scene.run(tab, (it) => it.signIn("ann", "pass"));
  expect(right).toMatchObject({ ok: true, value: { handle: "ann" } });
  const { session, conversations, connection } = tab.app.getState();
  expect(session).toMatchObject({ state: "signed-in", confirmed: true });
  expect(connection).toEqual({ state: "online" });
  expect(conversations.get(scene.id)?.row.last?.text).toBe("hello");
});

test("a session that is over keeps what is unsent, for the same person alone", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  scene.browser.connect(false);
  tab.app.commands.send(scene.id, "unsent");
  tab.app.commands.setDraft(scene.id, "unfinished");
  await scene.pass(5_000);
  scene.browser.cookie = null;
  scene.browser.connect(true);
  await scene.pass(120_000);
  expect(tab.app.getState().session).toEqual({ state: "signed-out", why: "expired" });
  expect(tab.app.getState().outbox).toEqual([]);

  await scene.run(tab, (it) => it.signIn("ben", "pass"));
  expect(tab.app.getState().outbox).toEqual([]);
  expect([...tab.app.getState().drafts]).toEqual([]);
  expect(scene.texts(scene.ben)).toEqual([]);
  scene.browser.cookie = null;
  scene.browser.breakSockets(4001);
  await scene.pass(10_000);

  await scene.run(tab, (it) => it.signIn("ann", "pass"));
  expect(scene.texts()).toEqual(["unsent"]);
  expect([...tab.app.getState().drafts]).toEqual([[scene.id, "unfinished"]]);
});

test("a sign-out leaves nothing in the browser, in any tab", async () => {
  const scene = new Scene();
  scene.says("secret");
  const tab = await scene.tab();
  const other = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  tab.app.commands.setDraft(scene.id, "unfinished");
  await scene.pass(5_000);
  expect((await scene.browser.storage.databases()).map((it) => it.name)).toContain(
    `parley ${scene.ann.id}`,
  );
  expect(await scene.run(tab, (it) => it.signOut())).toEqual({ ok: true, value: null });
  for (const { app } of [tab, other]) {
    expect(app.getState().session).toMatchObject({ state: "signed-out" });
    expect(app.getState().conversations.size + app.getState().drafts.size).toBe(0);
  }
  expect((await scene.browser.storage.databases()).map((it) => it.name)).toEqual(["parley"]);
  tab.crash();
  other.crash();
  scene.browser.connect(false);
  const next = await scene.tab();
  expect(next.app.getState().session).toMatchObject({ state: "signed-out" });
});

test("a sign-out that the server does not hear of does not happen", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  scene.browser.connect(false);
  const answer = await scene.run(tab, (it) => it.signOut());
  expect(answer).toMatchObject({ ok: false, problem: { code: "offline" } });
  expect(tab.app.getState().session).toMatchObject({ state: "signed-in" });
});

test("offline, the last one who was here sees what is kept, and nothing is sent in their name yet", async () => {
  const scene = new Scene();
  for (let i = 1; i <= 150; i++) {
    scene.says(`number ${i}`);
  }
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  await scene.run(tab, (it) => it.loadOlder(scene.id));
  await scene.run(tab, (it) => it.loadOlder(scene.id));
  expect(scene.shown(tab)).toHaveLength(150);
  tab.crash();
  scene.browser.connect(false);
  const next = await scene.tab();
  expect(next.app.getState().connection.state).toBe("offline");
  const shown = scene.shown(next);
  expect([shown.length, shown[0], shown.at(-1)]).toEqual([100, "number 51", "number 150"]);
  const { requests } = scene.browser;
  expect(requests.filter((it) => it.startsWith("POST"))).toEqual([]);
});

test("the cookie is somebody else's: what is kept of the one before is neither shown nor sent", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  scene.browser.connect(false);
  tab.app.commands.send(scene.id, "from ann");
  await scene.pass(5_000);
  tab.crash();
  scene.browser.cookie = scene.ben;
  scene.browser.connect(true);
  const next = await scene.tab();
  await scene.pass(60_000);
  expect(next.app.getState().session).toMatchObject({
    account: { handle: "ben" },
    confirmed: true,
  });
  expect([scene.texts(scene.ann), scene.texts(scene.ben)]).toEqual([[], []]);
  expect(next.app.getState().outbox).toEqual([]);
});

test("after a session is over, an offline start shows nothing of it", async () => {
  const scene = new Scene();
  scene.says("secret");
  const tab = await scene.tab();
  scene.browser.cookie = null;
  scene.browser.breakSockets(4001);
  await scene.pass(10_000);
  expect(tab.app.getState().session).toEqual({ state: "signed-out", why: "expired" });
  tab.crash();
  scene.browser.connect(false);
  const next = await scene.tab();
  expect(next.app.getState().session).toEqual({ state: "signed-out", why: "never" });
  expect(next.app.getState().conversations.size).toBe(0);
});

test("a browser that keeps nothing works all the same", async () => {
  const scene = new Scene();
  const tab = scene.browser.tab(null);
  await scene.pass(1_000);
  tab.app.commands.send(scene.id, "hello");
  await scene.pass(1_000);
  expect(scene.texts()).toEqual(["hello"]);
});

test("whoever was told why nobody is here goes on being told, whenever they look", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  scene.browser.cookie = null;
  scene.browser.breakSockets(4001);
  await scene.pass(10_000);
  scene.browser.wake();
  await scene.pass(10_000);
  expect(tab.app.getState().session).toEqual({ state: "signed-out", why: "expired" });
});

test.each([
  ["over", 19_000, "erased"],
  ["over by the server's clock, which is known by the second", 18_000, "erased"],
  ["still to come", 8_000, "expired"],
])("an account whose time is %s: why its session ended", async (_, millis, why) => {
  const scene = new Scene();
  const erasesAt = new Date(scene.server.time.now + 20_000).toISOString();
  scene.browser.cookie = { ...scene.ann, erasesAt };
  const tab = await scene.tab();
  await scene.pass(millis);
  scene.browser.cookie = null;
  scene.browser.breakSockets(4001);
  await scene.pass(10_000);
  expect(tab.app.getState().session).toEqual({ state: "signed-out", why });
});
