import { memo } from "react";
import { Link } from "wouter";
import type { Account, InboxItem } from "../core";
import { Avatar } from "./Avatar";
import { useLanguage, useWords } from "./context";
import { Icon } from "./Icons";
import { pathOf } from "./route";
import { exactTime, inboxTime } from "./time";

interface Common {
  readonly index: number;
  /// Whether the Tab key stops here.
  readonly tabbed: boolean;
  readonly onFocus: () => void;
}

/// One conversation in the inbox.
export const InboxRow = memo(
  function InboxRow({
    item,
    index,
    tabbed,
    onFocus,
    chosen,
    now,
  }: Common & {
    readonly item: InboxItem;
    readonly chosen: boolean;
    readonly now: number;
  }) {
    const words = useWords();
    const language = useLanguage();
    const { person, at, muted, unread } = item;
    return (
      <Link
        href={pathOf(item.place)}
        state={{ fromInbox: true }}
        className={unread > 0 ? "row row-unread" : "row"}
        data-index={index}
        tabIndex={tabbed ? 0 : -1}
        aria-current={chosen ? "page" : undefined}
        onFocus={onFocus}
      >
        <Avatar person={person} />
        <span className="row-name" dir="auto">
          {person.displayName ?? words.goneAccount}
          {muted && (
            <span className="row-muted" role="img" aria-label={words.muted}>
              <Icon name="mute" />
            </span>
          )}
        </span>
        <time
          className="row-time"
          dateTime={new Date(at).toISOString()}
          title={exactTime(at, language)}
        >
          {inboxTime(at, now, language)}
        </time>
        <Preview item={item} chosen={chosen} />
        {unread > 0 && (
          <span className={muted ? "badge badge-muted" : "badge"}>
            <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
            <span className="sr">{words.unread(unread)}</span>
          </span>
        )}
      </Link>
    );
  },
  (a, b) =>
    a.item === b.item &&
    a.index === b.index &&
    a.tabbed === b.tabbed &&
    a.chosen === b.chosen &&
    a.now === b.now,
);

function Preview({ item, chosen }: { readonly item: InboxItem; readonly chosen: boolean }) {
  const words = useWords();
  const { preview, draft } = item;
  if (draft !== null && draft.trim() !== "" && !chosen) {
    return (
      <span className="row-text" dir="auto">
        <em>{words.draft}</em> {line(draft)}
      </span>
    );
  }
  return (
    <span className="row-text" dir="auto">
      {preview.mark === "failed" && (
        <span className="row-failed">
          <Icon name="alert" />
          <span className="sr">{words.notSent}</span>
        </span>
      )}
      {preview.mark === "sending" && <Icon name="clock" />}
      {preview.own && <span>{words.you} </span>}
      {preview.text === null ? (
        <em>{preview.vanished ? words.vanishedMessage : words.unsentMessage}</em>
      ) : (
        line(preview.text)
      )}
    </span>
  );
}

/// The beginning, on one line.
function line(text: string): string {
  return text.slice(0, 200).replace(/\s+/gu, " ");
}

/// Somebody whom one has not written to.
export function PersonRow({
  person,
  index,
  tabbed,
  onFocus,
}: Common & { readonly person: Account }) {
  return (
    <Link
      href={pathOf(`@${person.handle}`)}
      state={{ fromInbox: true }}
      className="row"
      data-index={index}
      tabIndex={tabbed ? 0 : -1}
      onFocus={onFocus}
    >
      <Avatar person={person} />
      <span className="row-name" dir="auto">
        {person.displayName}
      </span>
      <span className="row-text">@{person.handle}</span>
    </Link>
  );
}
