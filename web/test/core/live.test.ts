import { expect, test } from "vitest";
import type { Connection } from "../../src/core";
import { backoffMillis } from "../../src/core/backoff";
import { Scene } from "./scene";

test("a connection that breaks comes back, after waits that grow to a minute", async () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => backoffMillis(failures, 1));
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((it) => it * 1000));
  expect(backoffMillis(1, 0)).toBe(500);

  const scene = new Scene();
  const { app } = await scene.tab();
  const states: Connection["state"][] = ["online"];
  app.subscribe(() => {
    const { state } = app.getState().connection;
    if (states.at(-1) !== state) {
      states.push(state);
    }
  });
  scene.browser.breakSockets(1001);
  await scene.pass(5_000);
  expect(states).toEqual(["online", "waiting", "connecting", "online"]);
});

test("too many connections: it stays away until somebody asks", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.breakSockets(4003);
  scene.browser.wake();
  await scene.pass(600_000);
  expect(app.getState().connection).toEqual({ state: "stopped" });
  expect(scene.browser.openSockets).toHaveLength(0);
  app.commands.retryConnection();
  await scene.pass(1_000);
  expect(app.getState().connection).toEqual({ state: "online" });
});

test("the last words count like the code, which not every host can close with", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  const say = (event: unknown): void =>
    scene.server.listeners.get(scene.ann.id)?.forEach((listener) => listener(event));
  say({ type: "ending", code: 1001, reason: "going_away" });
  await scene.pass(5_000);
  expect(app.getState().connection).toEqual({ state: "online" });
  expect(scene.browser.openSockets).toHaveLength(1);
  say({ type: "ending", code: 4003, reason: "too_many" });
  await scene.pass(600_000);
  expect(app.getState().connection).toEqual({ state: "stopped" });
  expect(scene.browser.openSockets).toHaveLength(0);
  app.commands.retryConnection();
  await scene.pass(1_000);
  scene.browser.cookie = null;
  say({ type: "ending", code: 4001, reason: "session_ended" });
  await scene.pass(5_000);
  expect(app.getState().session).toEqual({ state: "signed-out", why: "expired" });
});

test("any tab can ask for the connection", async () => {
  const scene = new Scene();
  await scene.tab();
  const second = await scene.tab();
  scene.browser.breakSockets(4003);
  await scene.pass(1_000);
  expect(second.app.getState().connection).toEqual({ state: "stopped" });
  second.app.commands.retryConnection();
  await scene.pass(1_000);
  expect(second.app.getState().connection).toEqual({ state: "online" });
});

test("a session that is over is found out by the connection", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.cookie = null;
  scene.browser.breakSockets(4001);
  await scene.pass(5_000);
  expect(app.getState().session).toEqual({ state: "signed-out", why: "expired" });
  await scene.pass(600_000);
  expect(scene.browser.openSockets).toHaveLength(0);
});

test("a connection that has fallen silent is given up", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.isDeaf = true;
  await scene.pass(120_000);
  scene.says("unheard");
  scene.browser.isDeaf = false;
  await scene.pass(70_000);
  expect(app.getState().connection).toEqual({ state: "online" });
  expect(app.getState().conversations.get(scene.id)?.row.last?.text).toBe("unheard");
});

test("whoever comes back from sleep finds out within seconds that the connection is dead", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.isDeaf = true;
  scene.says("slept through");
  await scene.pass(1_000);
  scene.browser.wake();
  await scene.pass(5_100);
  scene.browser.isDeaf = false;
  await scene.pass(3_000);
  expect(app.getState().conversations.get(scene.id)?.row.last?.text).toBe("slept through");
});

test("what is no event is passed over", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  const before = app.getState();
  for (const event of [
    1,
    null,
    {},
    { type: "new" },
    { type: "message" },
    { type: "read", seq: "x" },
  ]) {
    scene.server.listeners.get(scene.ann.id)?.forEach((listener) => listener(event));
  }
  await scene.pass(1_000);
  expect(app.getState()).toBe(before);
});

test("where no connection ever comes about, it looks by itself", async () => {
  const scene = new Scene();
  scene.browser.hasSockets = false;
  const { app } = await scene.tab();
  scene.says("polled");
  await scene.pass(70_000);
  expect(app.getState().conversations.get(scene.id)?.row.last?.text).toBe("polled");
});

test("a network that only seems to be gone changes nothing for long", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.seemOffline();
  expect(app.getState().connection).toEqual({ state: "offline" });
  scene.browser.wake();
  await scene.pass(1_000);
  expect(app.getState().connection).toEqual({ state: "online" });
});

test("messages leave as soon as the connection is back, whatever they waited for", async () => {
  const scene = new Scene();
  const { app } = await scene.tab();
  scene.browser.fates = Array<"never arrives">(6).fill("never arrives");
  app.commands.send(scene.id, "hello");
  await scene.pass(35_000);
  expect(scene.texts()).toEqual([]);
  scene.browser.breakSockets(1001);
  await scene.pass(3_000);
  expect(scene.texts()).toEqual(["hello"]);
});
