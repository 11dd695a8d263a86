import { expect, test } from "vitest";
import { conversationView, inboxItems } from "../../src/core";
import { openShelf } from "../../src/core/shelf";
import type { Tab } from "./browser";
import { Scene } from "./scene";

const DAY = 24 * 60 * 60_000;

function lines(tab: Tab, id: string): string[] {
  return conversationView(tab.app.getState(), id)
    .lines.filter((it) => it.kind !== "day" && it.kind !== "unread")
    .map((it) => (it.kind === "message" ? (it.message.text ?? "") : it.kind));
}

/// All that the browser keeps.
async function keptBy(scene: Scene): Promise<string> {
  const shelf = await openShelf(scene.browser.storage, `parley ${scene.ann.id}`);
  const boxes = await Promise.all([shelf.all("rows"), shelf.all("logs")]);
  shelf.close();
  return JSON.stringify(boxes);
}

/// Two who write, with a tab in which it is read.
async function talking(): Promise<{ scene: Scene; tab: Tab }> {
  const scene = new Scene();
  scene.says("stays");
  const tab = await scene.tab();
  await scene.run(tab, (commands) => commands.openConversation(scene.id));
  return { scene, tab };
}

test("one says so, both see it, and the message vanishes live, to the moment", async () => {
  const { scene, tab } = await talking();
  const answer = await scene.run(tab, (commands) => commands.keepMessages(scene.id, 1));
  expect(answer.ok).toBe(true);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention"]);
  expect(tab.app.getState().conversations.get(scene.id)?.row.retentionDays).toBe(1);
  scene.says("vanishes");
  await scene.pass(1_000);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention", "vanishes"]);
  await scene.pass(DAY - 2_000);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention", "vanishes"]);
  await scene.pass(3_000);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention"]);
  const [item] = inboxItems(tab.app.getState());
  expect(item?.preview).toEqual({ own: false, text: null, vanished: true, mark: null });
  expect(item?.unread).toBe(0);
  scene.says("again");
  await scene.pass(1_000);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention", "again"]);
  expect(inboxItems(tab.app.getState())[0]?.preview.text).toBe("again");
});

test("an edited message keeps its end", async () => {
  const { scene, tab } = await talking();
  await scene.run(tab, (commands) => commands.keepMessages(scene.id, 1));
  tab.app.commands.send(scene.id, "typo");
  await scene.pass(5_000);
  expect(tab.app.commands.edit(scene.id, 3, "no typo")).toBe(true);
  await scene.pass(5_000);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention", "no typo"]);
  await scene.pass(DAY);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention"]);
});

test("what vanished while one was away is not shown at the next start, online or not", async () => {
  const { scene, tab } = await talking();
  await scene.run(tab, (commands) => commands.keepMessages(scene.id, 1));
  scene.says("vanishes");
  scene.says("this too");
  await scene.pass(5_000);
  await tab.app.close();
  await scene.pass(DAY);
  const again = await scene.tab();
  await scene.run(again, (commands) => commands.openConversation(scene.id));
  expect(lines(again, scene.id)).toEqual(["stays", "retention"]);
  expect(JSON.stringify([...again.app.getState().conversations])).not.toContain("vanishes");
  await again.app.close();
  const kept = await keptBy(scene);
  expect(kept).toContain("stays");
  expect(kept).not.toContain("vanishes");
  expect(kept).not.toContain("this too");
});

test("turning it off lets stay what is written from then on", async () => {
  const { scene, tab } = await talking();
  await scene.run(tab, (commands) => commands.keepMessages(scene.id, 1));
  scene.says("vanishes");
  await scene.run(tab, (commands) => commands.keepMessages(scene.id, 0));
  scene.says("stays too");
  await scene.pass(DAY + 60_000);
  expect(lines(tab, scene.id)).toEqual(["stays", "retention", "retention", "stays too"]);
  expect(tab.app.getState().conversations.get(scene.id)?.row.retentionDays).toBe(0);
});
