import {
  type KeyboardEvent,
  type Ref,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { Link } from "wouter";
import { type Account, type InboxItem, type Place, inboxItems } from "../core";
import { useApp, useAppState, useWords } from "./context";
import { Icon, Logo } from "./Icons";
import { InboxRow, PersonRow } from "./InboxRow";
import { useNow } from "./now";
import { problemText } from "./words";

/// How close to the end one must be for the next page to be asked for.
const NEAR_END_PX = 800;

/// A row is as high as its two lines; the guess spares a measurement.
const ROW_PX = 68;

const SEARCH_PAUSE_MILLIS = 250;

export interface InboxHandle {
  find: () => void;
}

type Shown =
  | { readonly kind: "conversation"; readonly item: InboxItem }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "person"; readonly person: Account }
  | { readonly kind: "note"; readonly text: string };

/// The conversations, newest first, and the way to people one has not written to.
export function Inbox({
  ref,
  chosen,
  onHelp,
}: {
  readonly ref: Ref<InboxHandle>;
  readonly chosen: Place | null;
  readonly onHelp: () => void;
}) {
  const app = useApp();
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed);
  const shown = useShown(wanted);
  const open = useAppState((state) => state.open);
  // Whoever has found what they looked for sees everything again.
  const [before, setBefore] = useState(chosen);
  if (before !== chosen) {
    setBefore(chosen);
    if (chosen !== null) {
      setTyped("");
    }
  }
  useImperativeHandle(ref, () => ({ find: () => input.current?.select() }));
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Escape" && typed !== "") {
      event.preventDefault();
      event.stopPropagation();
      setTyped("");
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      const first = document.querySelector<HTMLAnchorElement>(".inbox-list a");
      if (first !== null && !event.nativeEvent.isComposing) {
        event.preventDefault();
        first.focus();
        if (event.key === "Enter") {
          first.click();
        }
      }
    }
  };
  return (
    <nav className="inbox" aria-label={words.inbox}>
      <header className="inbox-head">
        <a className="skip" href="#main">
          {words.skipToConversation}
        </a>
        <Logo />
        <h1>{words.appName}</h1>
        <button
          type="button"
          className="quiet square keys-button"
          aria-label={words.shortcuts}
          onClick={onHelp}
        >
          <Icon name="keys" />
        </button>
        <Link
          href="/settings"
          state={{ fromInbox: true }}
          className="quiet square"
          aria-label={words.settings}
        >
          <Icon name="settings" />
        </Link>
      </header>
      <div className="inbox-find">
        <Icon name="find" />
        <input
          ref={input}
          type="search"
          aria-label={words.filter}
          placeholder={words.filterHint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKey}
        />
        {typed !== "" && (
          <button
            type="button"
            className="quiet square"
            aria-label={words.clear}
            onClick={() => {
              setTyped("");
              input.current?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      <List
        shown={shown}
        chosen={open ?? chosen}
        filtered={wanted !== ""}
        onEnd={() => void app.commands.loadMoreInbox()}
      />
    </nav>
  );
}

/// What is listed: everything, or what matches among the conversations and people by their handle.
function useShown(typed: string): readonly Shown[] {
  const words = useWords();
  const items = useAppState(inboxItems);
  const people = usePeople(typed);
  return useMemo(() => {
    const wanted = tidy(typed);
    if (wanted === "") {
      return items.map((item) => ({ kind: "conversation", item }) as const);
    }
    const matching = items.filter(({ person }) => matches(person, wanted));
    const known = new Set(matching.map(({ person }) => person.id));
    const shown: Shown[] = matching.map((item) => ({ kind: "conversation", item }));
    const others = people.found.filter((it) => !known.has(it.id));
    if (others.length > 0) {
      shown.push({ kind: "heading", text: words.people });
      others.forEach((person) => shown.push({ kind: "person", person }));
    } else if (wanted.length < 2) {
      shown.push({ kind: "note", text: words.peopleTooShort });
    } else if (people.note !== null) {
      shown.push({ kind: "note", text: people.note });
    } else if (matching.length === 0 && people.of === wanted) {
      shown.push({ kind: "note", text: words.noPeople });
    }
    return shown;
  }, [items, typed, people, words]);
}

interface Found {
  readonly of: string;
  readonly found: readonly Account[];
  readonly note: string | null;
}

const nobody: Found = { of: "", found: [], note: null };

/// People whose handle begins with what is typed, once the typing pauses.
function usePeople(typed: string): Found {
  const app = useApp();
  const words = useWords();
  const [people, setPeople] = useState<Found>(nobody);
  const prefix = tidy(typed);
  useEffect(() => {
    if (!/^[a-z0-9_]{2,30}$/u.test(prefix)) {
      return;
    }
    let over = false;
    const timer = setTimeout(() => {
      void app.commands.findPeople(prefix).then((result) => {
        if (!over) {
          setPeople(
            result.ok
              ? { of: prefix, found: result.value, note: null }
              : { of: prefix, found: [], note: problemText(words, result.problem) },
          );
        }
      });
    }, SEARCH_PAUSE_MILLIS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [app, prefix, words]);
  // What was found for fewer letters is right for more of them as far as it still matches.
  return useMemo(
    () =>
      prefix.startsWith(people.of) && people.of !== ""
        ? { ...people, found: people.found.filter((it) => it.handle.startsWith(prefix)) }
        : nobody,
    [people, prefix],
  );
}

function tidy(typed: string): string {
  return typed.trim().replace(/^@/u, "").toLowerCase();
}

function matches(person: InboxItem["person"], wanted: string): boolean {
  return (
    (person.handle?.includes(wanted) ?? false) ||
    (person.displayName?.toLowerCase().includes(wanted) ?? false)
  );
}

function List(props: {
  readonly shown: readonly Shown[];
  readonly chosen: Place | null;
  readonly filtered: boolean;
  readonly onEnd: () => void;
}) {
  const { shown, chosen, onEnd } = props;
  const app = useApp();
  const words = useWords();
  const now = useNow();
  const inbox = useAppState((state) => state.inbox);
  const list = useRef<VirtualizerHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const links = shown.flatMap((it, index) => (isLink(it) ? [index] : []));
  const indexOf = (key: string | null): number => shown.findIndex((it) => keyOf(it) === key);
  // One stop for the Tab key: where one was, else what is open, else the first.
  const stop = [indexOf(focused), indexOf(chosen), links[0] ?? -1].find((it) => it >= 0) ?? -1;

  const move = (event: KeyboardEvent): void => {
    const at = links.indexOf(stop);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: links.length - 1,
    }[event.key];
    const index = links[to ?? -1];
    const next = index === undefined ? undefined : shown[index];
    if (event.altKey || index === undefined || next === undefined) {
      return;
    }
    event.preventDefault();
    setFocused(keyOf(next));
    list.current?.scrollToIndex(index, { align: "nearest" });
    const focus = (): boolean => {
      const link = box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
      link?.focus({ preventScroll: true });
      return link != null;
    };
    // What is too far away is on the page a frame later.
    if (!focus()) {
      requestAnimationFrame(focus);
    }
  };
  const look = (): void => {
    const handle = list.current;
    if (
      handle !== null &&
      inbox.loading === "idle" &&
      !inbox.complete &&
      handle.scrollSize - handle.scrollOffset - handle.viewportSize < NEAR_END_PX
    ) {
      onEnd();
    }
  };
  useEffect(look);
  const failed = typeof inbox.loading === "object" ? inbox.loading.problem : null;
  const isEmpty = shown.length === 0 && !props.filtered && inbox.complete && failed === null;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- hears the arrows of the links within
    <div ref={box} className="inbox-list" onKeyDown={move}>
      {isEmpty && <p className="inbox-note">{words.emptyInbox}</p>}
      {shown.length === 0 && !isEmpty && failed === null && <Skeletons />}
      <Virtualizer
        ref={list}
        data={shown}
        as="ul"
        item="li"
        itemSize={ROW_PX}
        keepMounted={stop < 0 ? none : [stop]}
        onScroll={look}
      >
        {(it, index) => {
          const common = { index, tabbed: index === stop, onFocus: () => setFocused(keyOf(it)) };
          switch (it.kind) {
            case "conversation":
              return (
                <InboxRow
                  key={it.item.place}
                  {...common}
                  item={it.item}
                  chosen={it.item.place === chosen}
                  now={now}
                />
              );
            case "person":
              return <PersonRow key={it.person.id} {...common} person={it.person} />;
            case "heading":
              return (
                <h2 key="heading" className="inbox-heading">
                  {it.text}
                </h2>
              );
            case "note":
              return (
                <p key="note" className="inbox-note">
                  {it.text}
                </p>
              );
          }
        }}
      </Virtualizer>
      {failed !== null && (
        <p className="inbox-note" role="alert">
          {words.inboxFailed} {problemText(words, failed)}{" "}
          <button type="button" onClick={() => void app.commands.loadInbox()}>
            {words.tryAgain}
          </button>
        </p>
      )}
    </div>
  );
}

const none: readonly number[] = [];

function isLink(shown: Shown): boolean {
  return shown.kind === "conversation" || shown.kind === "person";
}

function keyOf(shown: Shown): string {
  switch (shown.kind) {
    case "conversation":
      return shown.item.place;
    case "person":
      return shown.person.id;
    case "heading":
    case "note":
      return shown.kind;
  }
}

/// Where rows will be. Invisible at first: most are there before one would see these.
function Skeletons() {
  return (
    <div className="skeletons" aria-hidden="true">
      {[1, 2, 3, 4, 5].map((it) => (
        <div key={it} className="skeleton-row">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
