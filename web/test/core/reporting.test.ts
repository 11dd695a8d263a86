import { expect, test } from "vitest";
import type { Problem, ReportReason } from "../../src/core";
import { REPORT_ATTEMPTS } from "../../src/core/reporting";
import { Scene } from "./scene";
import type { Tab } from "./browser";

interface Asked {
  readonly seq?: number;
  readonly reason?: ReportReason;
}

function reports(tab: Tab, scene: Scene, { seq = 1, reason = "spam" }: Asked = {}) {
  const stop = new AbortController();
  const waits: string[] = [];
  const onWaiting = (problem: Problem): void => void waits.push(problem.code);
  const going = { signal: stop.signal, onWaiting };
  return { waits, stop, answer: tab.app.commands.report(scene.id, seq, reason, going) };
}

function ids(scene: Scene): Set<string> {
  return new Set(scene.server.reports.map((it) => it.clientId));
}

test("a report whose answer was lost is made again under the same id", async () => {
  const scene = new Scene();
  scene.says("buy this");
  const tab = await scene.tab();
  scene.browser.fates = ["unanswered", "too busy", "well"];
  const report = reports(tab, scene);
  await scene.pass(30_000);
  expect(await report.answer).toEqual({ ok: true, value: null });
  expect(report.waits).toEqual(["offline", "too_busy"]);
  expect(scene.server.reports).toHaveLength(2);
  expect(ids(scene).size).toBe(1);
  expect(scene.server.reports[0]).toMatchObject({ seq: 1, reason: "spam" });
});

test("it goes out as soon as the network is back", async () => {
  const scene = new Scene();
  scene.says("buy this");
  const tab = await scene.tab();
  scene.browser.connect(false);
  const report = reports(tab, scene);
  await scene.pass(6_000);
  expect(scene.server.reports).toHaveLength(0);
  scene.browser.connect(true);
  await scene.pass(500);
  expect((await report.answer).ok).toBe(true);
  expect(scene.server.reports).toHaveLength(1);
});

test("it is not tried for ever, and again under the same id when somebody asks", async () => {
  const scene = new Scene();
  scene.says("buy this");
  const tab = await scene.tab();
  scene.browser.fates = Array<"unanswered">(REPORT_ATTEMPTS).fill("unanswered");
  const first = reports(tab, scene);
  await scene.pass(120_000);
  expect(await first.answer).toMatchObject({ ok: false, problem: { code: "offline" } });
  expect(scene.server.reports).toHaveLength(REPORT_ATTEMPTS);
  const second = reports(tab, scene);
  await scene.pass(2_000);
  expect((await second.answer).ok).toBe(true);
  expect(ids(scene).size).toBe(1);
  // Another one is another.
  const third = reports(tab, scene, { reason: "violence" });
  await scene.pass(2_000);
  expect((await third.answer).ok).toBe(true);
  expect(ids(scene).size).toBe(2);
});

test("nothing goes out once nobody wants it any more", async () => {
  const scene = new Scene();
  scene.says("buy this");
  const tab = await scene.tab();
  scene.browser.connect(false);
  const report = reports(tab, scene);
  await scene.pass(500);
  report.stop.abort();
  expect((await report.answer).ok).toBe(false);
  scene.browser.connect(true);
  await scene.pass(60_000);
  expect(scene.server.reports).toHaveLength(0);
});

test("what is refused is told at once", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  const report = reports(tab, scene, { seq: 404 });
  await scene.pass(1_000);
  expect(await report.answer).toMatchObject({ ok: false, problem: { code: "nothing_to_report" } });
  expect(report.waits).toEqual([]);
  expect(scene.server.reports).toHaveLength(1);
});

test("whoever would have to wait for long is told so", async () => {
  const scene = new Scene();
  const tab = await scene.tab();
  scene.browser.fates = ["too often", "well"];
  const soon = reports(tab, scene);
  await scene.pass(3_000);
  expect((await soon.answer).ok).toBe(true);
  expect(soon.waits).toEqual(["rate_limited"]);
});
