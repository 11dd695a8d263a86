import { useState } from "react";
import { type MessageView, mayChange } from "../core";
import { useApp, useLanguage, useWords } from "./context";
import { Icon } from "./Icons";
import { type Anchor, around, Menu, type MenuItem } from "./Menu";
import { useMessageActions } from "./messageActions";
import { Text } from "./Text";
import { exactTime, timeOfDay } from "./time";
import { useMenuGestures } from "./useMenuGestures";
import { problemText } from "./words";

/// One message: what was said, when, how it stands with one's own, and what to do with it.
export function Message(props: {
  readonly message: MessageView;
  readonly index: number;
  readonly isFocused: boolean;
}) {
  const { message, index } = props;
  const words = useWords();
  const language = useLanguage();
  const { at, own, text } = message;
  const [menuAt, setMenuAt] = useState<Anchor | null>(null);
  const hasMenu = text !== null;
  const gestures = useMenuGestures((at) => hasMenu && setMenuAt(at));
  const author = own ? words.you : `${message.author?.displayName ?? words.goneAccount}:`;
  const classes = [
    "message",
    own && "own",
    message.first && "first",
    message.last && "last",
    message.mark === "failed" && "failed",
  ];
  return (
    <article
      className={classes.filter(Boolean).join(" ")}
      data-line={index}
      tabIndex={-1}
      {...gestures}
    >
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
          {hasMenu && (
            <button
              type="button"
              className="quiet more"
              tabIndex={props.isFocused ? 0 : -1}
              aria-label={words.messageMenu}
              aria-haspopup="menu"
              aria-expanded={menuAt !== null}
              onClick={(event) => setMenuAt(around(event.currentTarget))}
            >
              <Icon name="more" />
            </button>
          )}
        </div>
      </div>
      {message.mark === "failed" && message.outboxKey !== null && (
        <Failure outboxKey={message.outboxKey} message={message} />
      )}
      {menuAt !== null && (
        <MessageMenu message={message} at={menuAt} onClose={() => setMenuAt(null)} />
      )}
    </article>
  );
}

function MessageMenu(props: {
  readonly message: MessageView;
  readonly at: Anchor;
  readonly onClose: () => void;
}) {
  const { message } = props;
  const app = useApp();
  const words = useWords();
  const actions = useMessageActions();
  const [may] = useState(() => mayChange(app.getState(), message, Date.now()));
  const text = message.text ?? "";
  const items: MenuItem[] = [
    { icon: "copy", label: words.copy, act: () => void navigator.clipboard.writeText(text) },
  ];
  if (actions !== null && may.edit) {
    items.push({ icon: "edit", label: words.editMessage, act: () => actions.edit(message) });
  }
  if (actions !== null && may.unsend) {
    items.push({
      ...{ icon: "undo", label: words.unsendMessage, danger: true },
      act: () => actions.unsend(message),
    });
  }
  if (actions !== null && !message.own && message.seq !== null && message.author !== null) {
    items.push({ icon: "flag", label: words.report, act: () => actions.report(message) });
  }
  return <Menu label={words.messageMenu} at={props.at} items={items} onClose={props.onClose} />;
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
  const what = message.change === null ? words.notSent : words.notChanged;
  return (
    <div className="failure" role="group" aria-label={what}>
      <p>
        {what}. {message.problem !== null && problemText(words, message.problem)}
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

function iso(at: number): string {
  return new Date(at).toISOString();
}
