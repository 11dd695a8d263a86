import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { ConversationView, Line } from "../core";
import { Announcer } from "./Announcer";
import { useApp, useLanguage, useWords } from "./context";
import { Icon } from "./Icons";
import { LineView } from "./LineView";
import { onFocusLast } from "./messageFocus";
import { useNow } from "./now";
import { focusComposer } from "./shortcuts";
import { dayName } from "./time";
import { useSeen } from "./useSeen";
import { problemText } from "./words";

/// How close to the beginning of what is here one must be for older messages to be asked for.
const NEAR_START_PX = 900;

/// So far from the end still counts as reading along.
const NEAR_END_PX = 40;

/// How far beyond what is in sight lines are made: as far as one scrolls at a stroke. How high a line
/// is shows when it is made; in sight, it would push aside what one looks at.
const AHEAD_PX = 800;

/// How long one waits for the place where new begins.
const REACHING_MILLIS = 2_000;

/// Besides the lines of the core, what stands above the first message.
export type Shown = Line | { readonly kind: "start"; readonly key: "start" };

/// The messages. Whoever reads along at the end stays there; for whoever reads further up nothing
/// moves, whatever arrives at either end.
export function MessageList(props: {
  readonly view: ConversationView;
  readonly name: string;
  readonly hint: string | null;
}) {
  const { view } = props;
  const app = useApp();
  const words = useWords();
  const language = useLanguage();
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const isAtEnd = useRef(true);
  const isPlaced = useRef(false);
  const lines = useReached(view);
  const shown = useMemo<readonly Shown[]>(
    () => (view.complete && lines.length > 0 ? [start, ...lines] : lines),
    [view.complete, lines],
  );
  const isGrownAbove = useGrownAbove(shown);
  const [awayFrom, setAwayFrom] = useState<number | null>(null);
  const [day, setDay] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const seen = useSeen(view, shown, list);

  const look = useCallback((): void => {
    const handle = list.current;
    if (handle === null || !isPlaced.current) {
      return;
    }
    // Only who scrolls leaves the end: a box that grows, or a keyboard, takes nobody away from it.
    if (belowSight(handle) <= NEAR_END_PX) {
      isAtEnd.current = true;
    }
    setAwayFrom((from) => (isAtEnd.current ? null : (from ?? view.newestSeq)));
    setDay(dayAt(shown, handle.findItemIndex(handle.scrollOffset + 4)));
    if (
      handle.scrollOffset < NEAR_START_PX &&
      view.id !== null &&
      !view.complete &&
      view.older === "idle"
    ) {
      void app.commands.loadOlder(view.id);
    }
    seen();
  }, [app, shown, view.complete, view.id, view.newestSeq, view.older, seen]);

  const toEnd = useCallback((): void => {
    list.current?.scrollToIndex(shown.length - 1, { align: "end" });
  }, [shown.length]);

  const onScroll = (): void => {
    const handle = list.current;
    isAtEnd.current = handle === null || belowSight(handle) <= NEAR_END_PX;
    look();
  };
  const onResize = (): void => {
    if (isAtEnd.current) {
      toEnd();
    }
    look();
  };

  // Where one begins: at what is new, else at the end. Afterwards, along with what comes in.
  const last = shown.at(-1);
  const before = useRef(last?.key);
  useLayoutEffect(() => {
    if (shown.length === 0) {
      return;
    }
    const isMine = last?.kind === "message" && last.message.own && last.key !== before.current;
    before.current = last?.key;
    if (!isPlaced.current) {
      const divider = shown.findIndex((it) => it.kind === "unread");
      if (divider >= 0) {
        isAtEnd.current = false;
        list.current?.scrollToIndex(divider, { align: "start" });
      } else {
        toEnd();
      }
      isPlaced.current = true;
    } else if (isMine || isAtEnd.current) {
      toEnd();
    }
  }, [shown, last, toEnd]);
  useEffect(look);

  const focusLine = useCallback((index: number): void => {
    setFocused(index);
    list.current?.scrollToIndex(index, { align: "nearest" });
    const focus = (): boolean => {
      const line = box.current?.querySelector<HTMLElement>(`[data-line="${index}"]`);
      line?.focus({ preventScroll: true });
      return line != null;
    };
    // What is too far away is on the page a frame later.
    if (!focus()) {
      requestAnimationFrame(focus);
    }
  }, []);
  useEffect(() => {
    const element = box.current;
    return element === null
      ? undefined
      : onFocusLast(element, () => {
          const index = nextMessage(shown, shown.length, -1);
          if (index !== null) {
            focusLine(index);
          }
        });
  }, [shown, focusLine]);
  const move = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      focusComposer();
      return;
    }
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || event.altKey) {
      return;
    }
    const from = focused ?? shown.length;
    const to = nextMessage(shown, from, by);
    event.preventDefault();
    if (to !== null) {
      focusLine(to);
    } else if (by === 1) {
      focusComposer();
    }
  };
  const count = awayFrom === null ? 0 : newSince(shown, awayFrom);
  const failed = typeof view.older === "object" ? view.older.problem : null;
  return (
    <div className="messages-frame">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- of what is within */}
      <div
        ref={box}
        className="messages"
        role="log"
        aria-live="off"
        aria-label={words.messages}
        // Who has no mouse scrolls it by the keys that scroll.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
        tabIndex={0}
        onKeyDown={move}
        onFocus={(event) => setFocused(lineOf(event.target))}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) {
            setFocused(null);
          }
        }}
      >
        <div className="messages-space" />
        {shown.length === 0 &&
          (props.hint !== null ? <p className="hint">{props.hint}</p> : <Waiting view={view} />)}
        <Virtualizer
          ref={list}
          data={shown}
          shift={isGrownAbove}
          bufferSize={AHEAD_PX}
          keepMounted={focused === null ? none : [focused]}
          onScroll={onScroll}
          onResize={onResize}
        >
          {(line, index) => (
            <LineView
              key={line.key}
              line={line}
              index={index}
              isFocused={index === focused}
              name={props.name}
              now={now}
            />
          )}
        </Virtualizer>
      </div>
      {day !== null && (
        <div className="day day-floating" aria-hidden="true">
          <span>{dayName(day, now, language)}</span>
        </div>
      )}
      {failed !== null && (
        <div className="older-failed" role="alert">
          {words.olderFailed} {problemText(words, failed)}{" "}
          <button
            type="button"
            onClick={() => view.id !== null && void app.commands.loadOlder(view.id)}
          >
            {words.tryAgain}
          </button>
        </div>
      )}
      {awayFrom !== null && (
        <button
          // Another one once there is something to count: nothing on the page moves.
          key={count === 0 ? "end" : "new"}
          type="button"
          className="to-end"
          aria-label={count === 0 ? words.toNewest : undefined}
          onClick={toEnd}
        >
          {count > 0 && <span>{words.newMessages(count)}</span>}
          <Icon name="down" />
        </button>
      )}
      <Announcer conversation={view.id} />
    </div>
  );
}

const start = { kind: "start", key: "start" } as const;
const none: readonly number[] = [];
const noLines: ConversationView["lines"] = [];

/// The lines, once one knows where to begin to read, or has waited for it long enough.
function useReached(view: ConversationView): ConversationView["lines"] {
  const { loaded, reaching, lines } = view;
  const [reached, setReached] = useState(false);
  if (!reached && loaded && !reaching) {
    setReached(true);
  }
  const waits = reaching && !reached;
  useEffect(() => {
    if (waits) {
      const timer = setTimeout(() => setReached(true), REACHING_MILLIS);
      return () => clearTimeout(timer);
    }
  }, [waits]);
  return waits ? noLines : lines;
}

/// Lines that are on their way, after a moment. Nothing for a conversation that has none.
function Waiting({ view }: { readonly view: ConversationView }) {
  if (view.loaded ? !view.reaching : view.newer === "idle") {
    return null;
  }
  return (
    <div className="skeletons" aria-hidden="true">
      <div className="skeleton-line" />
      <div className="skeleton-line own" />
      <div className="skeleton-line" />
    </div>
  );
}

/// Whether this drawing has more at the beginning than the one before: then the list keeps its
/// distance from the end, and the line under the eye stays where it is.
function useGrownAbove(shown: readonly Shown[]): boolean {
  const [before, setBefore] = useState({ shown, grown: false });
  if (before.shown === shown) {
    return before.grown;
  }
  const first = before.shown.find((it) => it.kind === "message")?.key;
  const at = (lines: readonly Shown[]): number => lines.findIndex((it) => it.key === first);
  const next = { shown, grown: first !== undefined && at(shown) > at(before.shown) };
  setBefore(next);
  return next.grown;
}

/// How much there is below what is in sight.
function belowSight(handle: VirtualizerHandle): number {
  return handle.scrollSize - handle.scrollOffset - handle.viewportSize;
}

/// Which line an element is in, null for none.
function lineOf(element: Element): number | null {
  const line = element.closest<HTMLElement>("[data-line]")?.dataset["line"];
  return line === undefined ? null : Number(line);
}

/// The day of what is at the top, null where its own separator is there.
function dayAt(shown: readonly Shown[], index: number): number | null {
  for (let i = index; i >= 0; i--) {
    const line = shown[i];
    if (line?.kind === "day") {
      return i === index ? null : line.at;
    }
  }
  return null;
}

function nextMessage(shown: readonly Shown[], from: number, by: number): number | null {
  for (let i = from + by; i >= 0 && i < shown.length; i += by) {
    if (shown[i]?.kind === "message") {
      return i;
    }
  }
  return null;
}

/// Messages of others that came since one went away from the end.
function newSince(shown: readonly Shown[], seq: number): number {
  let count = 0;
  for (let i = shown.length - 1; i >= 0; i--) {
    const line = shown[i];
    if (line?.kind === "message" && line.message.seq !== null) {
      if (line.message.seq <= seq) {
        break;
      }
      count += line.message.own ? 0 : 1;
    }
  }
  return count;
}
