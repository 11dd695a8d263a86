import { expect, test } from "vitest";
import { strangersProblem } from "../../src/core";
import { outboxOf, Scene } from "./scene";

test("the link of an archive outlives a reload, and goes with the archive", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.askExport("rowing at dawn"));
  const first = await scene.run(tab, (it) => it.exportProgress());
  expect(first).toMatchObject({ ok: true, value: { state: "waiting", link: "/api/exports/x-1" } });
  tab.crash();
  scene.server.archive = {
    state: "ready",
    done: 1,
    total: 1,
    parts: 1,
    until: "2026-03-02T12:00:00Z",
  };
  const again = await scene.tab();
  const ready = await scene.run(again, (it) => it.exportProgress());
  expect(ready).toMatchObject({ ok: true, value: { state: "ready", link: "/api/exports/x-1" } });
  scene.server.archive = { state: "none", done: 0, total: 0, parts: 0 };
  const fetched = await scene.run(again, (it) => it.exportProgress());
  expect(fetched).toMatchObject({ ok: true, value: { state: "none", link: null } });
  // One that is asked for elsewhere has its link there.
  scene.server.archive = { state: "ready", done: 1, total: 1, parts: 1 };
  const elsewhere = await scene.run(again, (it) => it.exportProgress());
  expect(elsewhere).toMatchObject({ ok: true, value: { state: "ready", link: null } });
});

test("a sign-out forgets the link", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.askExport(null));
  await scene.run(tab, (it) => it.signOut());
  await scene.run(tab, (it) => it.signIn("ann", "x"));
  const progress = await scene.run(tab, (it) => it.exportProgress());
  expect(progress).toMatchObject({ ok: true, value: { state: "waiting", link: null } });
});

test("what did not go out to a stranger says until when, by the server's clock, and is kept", async () => {
  const scene = new Scene();
  scene.server.account("cleo");
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openPerson("cleo"));
  const place = tab.app.getState().open ?? "";
  const id = [...tab.app.getState().conversations.keys()].find((it) => it !== scene.id) ?? place;
  scene.browser.fates = ["a stranger too many"];
  tab.app.commands.send(id, "Hello, Cleo");
  const asked = scene.server.time.now;
  await scene.pass(2_000);
  expect(outboxOf(tab.app.getState())).toEqual(["Hello, Cleo: failed"]);
  const problem = strangersProblem(tab.app.getState(), id);
  const ahead = (problem?.retryAt ?? 0) - asked - 36_000_000;
  expect(Math.abs(ahead)).toBeLessThan(2_000);
  expect(strangersProblem(tab.app.getState(), scene.id)).toBeNull();
  // It outlives the tab, and goes out when it may.
  await scene.pass(2_000);
  tab.crash();
  const again = await scene.tab();
  expect(strangersProblem(again.app.getState(), id)?.retryAt).toBe(problem?.retryAt);
  const key = again.app.getState().outbox[0]?.key ?? "";
  again.app.commands.retry(key);
  await scene.pass(2_000);
  expect(strangersProblem(again.app.getState(), id)).toBeNull();
  expect(scene.texts(scene.ann, id)).toEqual(["Hello, Cleo"]);
});
