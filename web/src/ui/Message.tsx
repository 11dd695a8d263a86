import { useState } from "react";
import type { MessageView } from "../core";
import { useApp, useLanguage, useWords } from "./context";
import { Icon } from "./Icons";
import { Text } from "./Text";
import { exactTime, timeOfDay } from "./time";
import { problemText } from "./words";

/// How long it says that a text was copied.
const COPIED_MILLIS = 1_500;

/// One message: what was said, when, and how it stands with one's own.
export function Message(props: {
  readonly message: MessageView;
  readonly index: number;
  readonly isFocused: boolean;
}) {
  const { message, index } = props;
  const words = useWords();
  const language = useLanguage();
  const { at, own, text } = message;
  const author = own ? words.you : `${message.author?.displayName ?? words.goneAccount}:`;
  const classes = [
    "message",
    own && "own",
    message.first && "first",
    message.last && "last",
    message.mark === "failed" && "failed",
  ];
  return (
    <article className={classes.filter(Boolean).join(" ")} data-line={index} tabIndex={-1}>
      <div className="message-line">
        <div className="bubble">
          <span className="sr">{author} </span>
          {text === null ? (
            <em className="withdrawn">{words.unsentMessage}</em>
          ) : (
            <div className="text" dir="auto">
              <Text text={text} tabbed={props.isFocused} />
            </div>
          )}
          {(message.edited || own) && (
            <span className="bubble-end">
              {message.edited && text !== null && <small>{words.edited}</small>}
              {own && <Mark mark={message.mark} />}
            </span>
          )}
        </div>
        <div className="message-side">
          <time dateTime={iso(at)} title={exactTime(at, language)}>
            {timeOfDay(at, language)}
          </time>
          {text !== null && <Copy text={text} tabbed={props.isFocused} />}
        </div>
      </div>
      {message.mark === "failed" && message.outboxKey !== null && (
        <Failure outboxKey={message.outboxKey} message={message} />
      )}
    </article>
  );
}

function Mark({ mark }: { readonly mark: MessageView["mark"] }) {
  const words = useWords();
  switch (mark) {
    case "sending":
      return (
        <span className="mark" role="img" aria-label={words.sending}>
          <Icon name="clock" />
        </span>
      );
    case "failed":
      return (
        <span className="mark mark-failed" role="img" aria-label={words.notSent}>
          <Icon name="alert" />
        </span>
      );
    case "stored":
    case null:
      return (
        <span className="mark" role="img" aria-label={words.sent}>
          <Icon name="tick" />
        </span>
      );
  }
}

function Failure({
  outboxKey,
  message,
}: {
  readonly outboxKey: string;
  readonly message: MessageView;
}) {
  const app = useApp();
  const words = useWords();
  return (
    <div className="failure" role="group" aria-label={words.notSent}>
      <p>
        {words.notSent}. {message.problem !== null && problemText(words, message.problem)}
      </p>
      <button type="button" onClick={() => app.commands.retry(outboxKey)}>
        {words.retry}
      </button>
      <button type="button" onClick={() => app.commands.discard(outboxKey)}>
        {words.discard}
      </button>
    </div>
  );
}

function Copy({ text, tabbed }: { readonly text: string; readonly tabbed: boolean }) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MILLIS);
  };
  return (
    <button
      type="button"
      className="quiet copy"
      tabIndex={tabbed ? 0 : -1}
      aria-label={copied ? words.copied : words.copy}
      title={copied ? words.copied : words.copy}
      onClick={() => void copy()}
    >
      <Icon name={copied ? "tick" : "copy"} />
    </button>
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
