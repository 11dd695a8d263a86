import { expect, test } from "vitest";
import type { App, Folder } from "../../src/core";
import { conversationView, inboxItems, totalUnread } from "../../src/core";
import { openShelf } from "../../src/core/shelf";
import { Scene } from "./scene";

function listed({ app }: { readonly app: App }, folder?: Folder): string[] {
  return inboxItems(app.getState(), folder).map((it) => it.place);
}

test("what is archived is in the archive, here and in a further tab, until one takes it back", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  const other = await scene.tab();
  expect([listed(tab), listed(tab, "archive")]).toEqual([[scene.id], []]);
  await scene.run(tab, (it) => it.moveTo(scene.id, "archive"));
  for (const it of [tab, other]) {
    expect([listed(it), listed(it, "archive")]).toEqual([[], [scene.id]]);
  }
  await scene.run(tab, (it) => it.moveTo(scene.id, "inbox"));
  expect([listed(other), listed(other, "archive")]).toEqual([[scene.id], []]);
});

test("what was archived elsewhere while one was away is not in the inbox afterwards", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  scene.browser.connect(false);
  scene.server.file(scene.id, scene.ann.id, { folder: "archive" });
  await scene.pass(2_000);
  scene.browser.connect(true);
  await scene.pass(5_000);
  expect([listed(tab), listed(tab, "archive")]).toEqual([[], [scene.id]]);
});

test("the archive is loaded when somebody looks into it", async () => {
  const scene = new Scene();
  scene.says("hello");
  scene.server.file(scene.id, scene.ann.id, { folder: "archive" });
  const tab = await scene.tab();
  expect(listed(tab, "archive")).toEqual([]);
  await scene.run(tab, (it) => it.loadArchive());
  expect(listed(tab, "archive")).toEqual([scene.id]);
  expect(tab.app.getState().archive).toMatchObject({ complete: true, loading: "idle" });
});

test("what is muted counts nowhere", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  expect(totalUnread(tab.app.getState())).toBe(1);
  await scene.run(tab, (it) => it.mute(scene.id, true));
  expect(totalUnread(tab.app.getState())).toBe(0);
  expect(inboxItems(tab.app.getState())[0]).toMatchObject({ unread: 1, muted: true });
});

test("what is deleted for oneself is neither shown nor kept, and comes back without what was before", async () => {
  const scene = new Scene();
  scene.says("long gone");
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  expect(scene.shown(tab)).toEqual(["long gone"]);
  tab.app.commands.setDraft(scene.id, "half a thought");
  await scene.run(tab, (it) => it.deleteConversation(scene.id));
  expect([listed(tab), scene.shown(tab)]).toEqual([[], []]);
  expect(tab.app.getState().drafts.size).toBe(0);
  const shelf = await openShelf(scene.browser.storage, `parley ${scene.ann.id}`);
  const kept = JSON.stringify([await shelf.all("logs"), await shelf.all("rows")]);
  shelf.close();
  expect(kept).not.toContain("long gone");
  scene.server.file(scene.id, scene.ann.id, { folder: "inbox" });
  scene.says("anew");
  await scene.pass(2_000);
  expect([listed(tab), scene.shown(tab)]).toEqual([[scene.id], ["anew"]]);
  expect(conversationView(tab.app.getState(), scene.id).complete).toBe(true);
});

test("a request is listed apart, and nobody is told that it was read before it is accepted", async () => {
  const scene = new Scene();
  scene.says("may I?");
  scene.server.file(scene.id, scene.ann.id, { folder: "requests" });
  const tab = await scene.tab();
  expect([listed(tab), listed(tab, "requests")]).toEqual([[], [scene.id]]);
  expect(totalUnread(tab.app.getState())).toBe(0);
  await scene.run(tab, (it) => it.openConversation(scene.id));
  tab.app.commands.markSeen(scene.id, 1);
  await scene.pass(2_000);
  const reads = (): number => scene.browser.requests.filter((it) => it.endsWith("/read")).length;
  expect(reads()).toBe(0);
  await scene.run(tab, (it) => it.moveTo(scene.id, "inbox"));
  expect([listed(tab), reads()]).toEqual([[scene.id], 1]);
});

test("an answer accepts a request at once", async () => {
  const scene = new Scene();
  scene.says("may I?");
  scene.server.file(scene.id, scene.ann.id, { folder: "requests" });
  const tab = await scene.tab();
  tab.app.commands.send(scene.id, "of course");
  expect(listed(tab)).toEqual([scene.id]);
});

test("whom one has blocked is known in every tab, and what they write draws nothing", async () => {
  const scene = new Scene();
  scene.says("hello");
  const tab = await scene.tab();
  const other = await scene.tab();
  for (const it of [tab, other]) {
    await scene.run(it, (commands) => commands.loadBlocks());
    await scene.run(it, (commands) => commands.openConversation(scene.id));
  }
  await scene.run(tab, (it) => it.block(scene.ben.id));
  for (const { app } of [tab, other]) {
    expect(conversationView(app.getState(), scene.id).blocked).toBe(true);
  }
  scene.server.write(scene.id, { kind: "hidden" });
  scene.says("and on");
  await scene.pass(5_000);
  expect(scene.shown(tab)).toEqual(["hello", "and on"]);
  expect(tab.app.getState().conversations.get(scene.id)?.log.to).toBe(3);
  await scene.run(tab, (it) => it.unblock(scene.ben.id));
  expect(conversationView(other.app.getState(), scene.id).blocked).toBe(false);
});

test("whoever left without an account leaves neither words nor a name", async () => {
  const scene = new Scene();
  scene.says("my secret");
  const tab = await scene.tab();
  await scene.run(tab, (it) => it.openConversation(scene.id));
  scene.server.write(scene.id, { kind: "members", from: scene.ben.id, left: [scene.ben.id] });
  await scene.pass(2_000);
  expect(scene.shown(tab)).toEqual([""]);
});
