import { memo } from "react";
import type { MessageView, RetentionEntry } from "../core";
import { useAppState, useLanguage, useWords } from "./context";
import type { Shown } from "./MessageList";
import { Message } from "./Message";
import { dayName } from "./time";

interface Props {
  readonly line: Shown;
  readonly index: number;
  readonly isFocused: boolean;
  readonly name: string;
  readonly now: number;
}

/// One line of a conversation.
export const LineView = memo(function LineView(props: Props) {
  const { line, name } = props;
  const words = useWords();
  const language = useLanguage();
  switch (line.kind) {
    case "start":
      return <p className="hint">{words.beginning(name)}</p>;
    case "day":
      return (
        <div className="day" role="separator" aria-label={dayName(line.at, props.now, language)}>
          <span aria-hidden="true">{dayName(line.at, props.now, language)}</span>
        </div>
      );
    case "unread":
      return (
        <div className="new" role="separator" aria-label={words.newDivider}>
          <span aria-hidden="true">{words.newDivider}</span>
        </div>
      );
    case "members":
      return <Members left={line.entry.left} />;
    case "retention":
      return <Retention entry={line.entry} />;
    case "message":
      return <Message message={line.message} index={props.index} isFocused={props.isFocused} />;
  }
}, isSame);

function Members({ left }: { readonly left: readonly string[] }) {
  const words = useWords();
  const name = useAppState((state) => state.people.get(left[0] ?? "")?.displayName);
  return (
    <p className="hint">
      {left.length === 1 ? words.memberLeft(name ?? words.goneAccount) : words.membersChanged}
    </p>
  );
}

function Retention({ entry }: { readonly entry: RetentionEntry }) {
  const words = useWords();
  const own = useAppState(
    ({ session }) => session.state === "signed-in" && session.account.id === entry.from,
  );
  const name = useAppState((state) => state.people.get(entry.from)?.displayName);
  return (
    <p className="hint">
      {own
        ? words.retentionYou(entry.days)
        : words.retentionOther(name ?? words.goneAccount, entry.days)}
    </p>
  );
}

/// Lines are worked out anew whenever one of them changes; most of them come out as they were.
function isSame(a: Props, b: Props): boolean {
  return (
    a.index === b.index &&
    a.isFocused === b.isFocused &&
    a.name === b.name &&
    a.now === b.now &&
    isSameLine(a.line, b.line)
  );
}

function isSameLine(a: Shown, b: Shown): boolean {
  if (a === b) {
    return true;
  }
  if (a.kind === "message" && b.kind === "message") {
    return isSameMessage(a.message, b.message);
  }
  return a.kind === "day" && b.kind === "day" && a.at === b.at;
}

function isSameMessage(a: MessageView, b: MessageView): boolean {
  return (Object.keys(a) as (keyof MessageView)[]).every((key) => a[key] === b[key]);
}
