import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { Account, Folder, InboxItem, Place } from "../core";
import { useApp, useAppState, useWords } from "./context";
import { InboxRow, PersonRow } from "./InboxRow";
import { useNow } from "./now";
import { problemText, type Words } from "./words";

/// How close to the end one must be for the next page to be asked for.
const NEAR_END_PX = 800;

/// A row is as high as its two lines; the guess spares a measurement.
const ROW_PX = 68;

export type Shown =
  | { readonly kind: "conversation"; readonly item: InboxItem }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "person"; readonly person: Account }
  | { readonly kind: "note"; readonly text: string };

/// The rows of a folder, or what was found.
export function InboxList(props: {
  readonly folder: Folder;
  readonly shown: readonly Shown[];
  readonly chosen: Place | null;
  readonly filtered: boolean;
  readonly onEnd: () => void;
}) {
  const { shown, chosen, onEnd } = props;
  const app = useApp();
  const words = useWords();
  const now = useNow();
  const inbox = useAppState((state) => (props.folder === "archive" ? state.archive : state.inbox));
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
      {isEmpty && <p className="inbox-note">{emptyText(words, props.folder)}</p>}
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
          <button
            type="button"
            onClick={() =>
              void (props.folder === "archive"
                ? app.commands.loadArchive()
                : app.commands.loadInbox())
            }
          >
            {words.tryAgain}
          </button>
        </p>
      )}
    </div>
  );
}

function emptyText(words: Words, folder: Folder): string {
  switch (folder) {
    case "inbox":
      return words.emptyInbox;
    case "requests":
      return words.emptyRequests;
    case "archive":
      return words.emptyArchive;
  }
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
