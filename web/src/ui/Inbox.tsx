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
import { Link } from "wouter";
import { type Account, type Folder, type InboxItem, type Place, inboxItems } from "../core";
import { useApp, useAppState, useWords } from "./context";
import { Icon, Logo } from "./Icons";
import { InboxList, type Shown } from "./InboxList";
import { problemText } from "./words";

const SEARCH_PAUSE_MILLIS = 250;

export interface InboxHandle {
  find: () => void;
}

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
  const [folder, setFolder] = useState<Folder>("inbox");
  const shown = useShown(wanted, folder);
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
      <Folders
        folder={folder}
        onFolder={(to) => {
          setTyped("");
          setFolder(to);
        }}
      />
      <InboxList
        key={folder}
        folder={folder}
        shown={shown}
        chosen={open ?? chosen}
        filtered={wanted !== ""}
        onEnd={() =>
          void (folder === "archive"
            ? app.commands.loadMoreArchive()
            : app.commands.loadMoreInbox())
        }
      />
    </nav>
  );
}

/// Where to look: what one has put away, and who asks, are there when there is a reason to.
function Folders(props: { readonly folder: Folder; readonly onFolder: (folder: Folder) => void }) {
  const { folder, onFolder } = props;
  const app = useApp();
  const words = useWords();
  const requests = useAppState((state) => inboxItems(state, "requests").length);
  const names = {
    inbox: words.folderInbox,
    requests: words.folderRequests,
    archive: words.archive,
  };
  const choose = (it: Folder): void => {
    onFolder(it);
    if (it === "archive") {
      void app.commands.loadArchive();
    }
  };
  return (
    <div className="folders" role="group" aria-label={words.folders}>
      {(["inbox", "requests", "archive"] as const).map((it) => (
        <button key={it} type="button" aria-pressed={it === folder} onClick={() => choose(it)}>
          {names[it]}
          {it === "requests" && requests > 0 && (
            <span className="badge">
              <span aria-hidden="true">{requests}</span>
              <span className="sr">{words.requestCount(requests)}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/// What is listed: a folder, or what matches among all conversations and people by their handle.
function useShown(typed: string, folder: Folder): readonly Shown[] {
  const words = useWords();
  const items = useAppState((state) => inboxItems(state, folder));
  const inbox = useAppState((state) => inboxItems(state));
  const requests = useAppState((state) => inboxItems(state, "requests"));
  const archive = useAppState((state) => inboxItems(state, "archive"));
  const people = usePeople(typed);
  return useMemo(() => {
    const wanted = tidy(typed);
    if (wanted === "") {
      return items.map((item) => ({ kind: "conversation", item }) as const);
    }
    const matching = [...inbox, ...requests, ...archive].filter(({ person }) =>
      matches(person, wanted),
    );
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
  }, [items, inbox, requests, archive, typed, people, words]);
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
