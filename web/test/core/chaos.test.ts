import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fate, Line, Tab } from "./browser";
import { runs } from "./runs";
import { outboxOf, Scene } from "./scene";

/// What happens in a browser and around it, at any time.
type Step =
  | { readonly do: "send"; readonly tab: number }
  | { readonly do: "crash"; readonly tab: number }
  | { readonly do: "open" | "hear" | "read" | "tab" | "offline" | "online" | "break" | "wake" }
  | { readonly do: "pass"; readonly millis: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("send" as const), tab: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("crash" as const), tab: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      millis: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 30_000 })),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(["open", "hear", "hear", "read", "tab", "offline", "online", "break", "wake"] as const),
      ),
    }),
  },
);

/// As many faults as the client takes for passing.
const fates: fc.Arbitrary<Fate[]> = fc
  .array(
    fc.constantFrom<Fate>(
      ...(["well", "well", "well", "slow", "never arrives", "unanswered", "unanswered"] as const),
      ...(["hangs", "too often", "too busy", "fault"] as const),
    ),
    { maxLength: 40 },
  )
  .map((all) => {
    let faults = 0;
    return all.map((it) => (it === "fault" && ++faults > 3 ? "well" : it));
  });

const lines: fc.Arbitrary<Line[]> = fc.array(
  fc.constantFrom<Line>("well", "well", "late", "twice", "lost"),
  { maxLength: 40 },
);

test("whatever breaks, each message is stored once and in order, and all tabs end as the log", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      fates,
      lines,
      fc.constantFrom(0, 3 * 3_600_000, -3 * 3_600_000),
      fc.boolean(),
      async (steps, someFates, someLines, skew, hasLocks) => {
        const scene = new Scene();
        const { browser } = scene;
        browser.skew = skew;
        browser.hasLocks = hasLocks;
        const tabs: Tab[] = [await scene.tab()];
        browser.fates = [...someFates];
        browser.lines = [...someLines];
        const sent: string[] = [];
        for (const it of steps) {
          await happen(scene, tabs, it, sent);
          await scene.pass(5);
        }
        browser.fates = [];
        browser.lines = [];
        browser.connect(true);
        await scene.pass(300_000);
        browser.breakSockets(1001);
        await scene.pass(120_000);

        expect(scene.texts()).toEqual(sent);
        for (const tab of tabs) {
          void tab.app.commands.openConversation(scene.id);
          await scene.pass(60_000);
          expect(outboxOf(tab.app.getState())).toEqual([]);
          expect(scene.shown(tab)).toEqual(scene.server.messages(scene.id).map((m) => m.text));
          const row = tab.app.getState().conversations.get(scene.id)?.row;
          const real = scene.server.row(scene.id, scene.ann.id);
          expect(row?.last?.seq).toBe(real.last?.seq);
          expect(row?.unread).toBe(real.unread);
        }
        for (const tab of tabs) {
          tab.crash();
        }
      },
    ),
    { ...runs(60), endOnFailure: true },
  );
});

async function happen(scene: Scene, tabs: Tab[], step: Step, sent: string[]): Promise<void> {
  const { browser } = scene;
  switch (step.do) {
    case "send": {
      const tab = tabs[step.tab % tabs.length];
      const text = `ann ${String(sent.length)}`;
      if (tab?.app.commands.send(scene.id, text) === true) {
        sent.push(text);
      }
      break;
    }
    case "crash": {
      const index = step.tab % tabs.length;
      tabs[index]?.crash();
      tabs[index] = browser.tab();
      break;
    }
    case "tab":
      if (tabs.length < 2) {
        tabs.push(browser.tab());
      }
      break;
    case "open":
      void tabs[0]?.app.commands.openConversation(scene.id);
      break;
    case "hear":
      scene.says(`ben ${String(scene.server.messages(scene.id).length)}`);
      break;
    case "read": {
      const seq = scene.server.messages(scene.id).length;
      tabs[0]?.app.commands.markSeen(scene.id, seq);
      break;
    }
    case "offline":
      browser.connect(false);
      break;
    case "online":
      browser.connect(true);
      break;
    case "break":
      browser.breakSockets(1006);
      break;
    case "wake":
      browser.wake();
      break;
    case "pass":
      await scene.pass(step.millis);
      break;
  }
}
