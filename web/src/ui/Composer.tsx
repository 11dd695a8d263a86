import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { type ConversationId, type MessageView, type Place, codePoints } from "../core";
import { useApp, useAppState, useWords } from "./context";
import { Icon } from "./Icons";
import { focusLastMessage } from "./messageFocus";

/// From here on it is said how much room is left.
const COUNTED_BELOW = 200;

/// How long a draft may be only in the box: every keystroke would have all else drawn anew.
const DRAFT_PAUSE_MILLIS = 400;

const growsByItself = CSS.supports("field-sizing", "content");

/// The box that one writes in. What is in it belongs to `place`, and nothing empties it but sending.
export function Composer({ place }: { readonly place: Place }) {
  const app = useApp();
  const words = useWords();
  const [text, setText] = useState(() => app.getState().drafts.get(place) ?? "");
  const keep = useDraft(place);
  return (
    <div className="composer">
      <Box
        label={words.write}
        text={text}
        onText={(typed) => {
          setText(typed);
          keep.later(typed);
        }}
        onSend={() => {
          if (app.commands.send(place, text)) {
            keep.forget();
            setText("");
          }
        }}
        onBlur={keep.now}
        onUp={focusLastMessage}
      />
    </div>
  );
}

/// The same box for another text of a message that is stored. Escape leaves everything as it was.
export function EditComposer(props: {
  readonly id: ConversationId;
  readonly message: MessageView;
  readonly onClose: () => void;
}) {
  const { id, message, onClose } = props;
  const app = useApp();
  const words = useWords();
  const before = message.text ?? "";
  const [text, setText] = useState(before);
  const save = (): void => {
    const isSame = text === before;
    if (isSame || (message.seq !== null && app.commands.edit(id, message.seq, text))) {
      onClose();
    }
  };
  return (
    <div className="composer">
      <div className="composer-edit">
        <Icon name="edit" />
        <p>
          <strong>{words.editing}</strong> <span dir="auto">{before}</span>
        </p>
        <button
          type="button"
          className="quiet square"
          aria-label={words.cancelEdit}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <Box
        label={words.editMessage}
        text={text}
        always
        onText={setText}
        onSend={save}
        onEscape={onClose}
      />
    </div>
  );
}

function Box(props: {
  readonly label: string;
  readonly text: string;
  /// Whether it takes the focus on a phone too: whoever asked for it wants to write.
  readonly always?: boolean;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  readonly onBlur?: () => void;
  readonly onUp?: () => void;
  readonly onEscape?: () => void;
}) {
  const { always, text } = props;
  const words = useWords();
  const box = useRef<HTMLTextAreaElement>(null);
  const limit = useAppState((state) => state.config?.limits.textCodePoints ?? Infinity);
  const left = limit - codePoints(text);
  const canSend = text.trim() !== "" && left >= 0;

  useEffect(() => {
    const element = box.current;
    // On a phone it would bring up the keyboard, over what one came to read.
    if (always === true || !matchMedia("(pointer: coarse)").matches) {
      element?.focus({ preventScroll: true });
      element?.setSelectionRange(element.value.length, element.value.length);
    }
  }, [always]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && !growsByItself) {
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    }
  }, [text]);

  const send = (): void => {
    if (canSend) {
      props.onSend();
    }
    box.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While a word is being composed, Enter takes it. Safari says so by the code alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !hasNoShift()) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && text === "" && !event.altKey && props.onUp) {
      event.preventDefault();
      props.onUp();
    } else if (event.key === "Escape" && props.onEscape) {
      event.preventDefault();
      props.onEscape();
    }
  };
  return (
    <>
      <div className="composer-box">
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          aria-label={props.label}
          placeholder={props.label}
          enterKeyHint="enter"
          value={text}
          aria-describedby={left < COUNTED_BELOW ? "left" : undefined}
          aria-invalid={left < 0}
          onChange={(event) => props.onText(event.target.value)}
          onBlur={props.onBlur}
          onKeyDown={onKey}
        />
        <button
          type="button"
          className="send"
          aria-label={props.onEscape ? words.save : words.send}
          data-ready={canSend}
          disabled={!canSend}
          // The focus stays in the box, and a phone's keyboard up.
          onPointerDown={(event) => event.preventDefault()}
          onClick={send}
        >
          <Icon name={props.onEscape ? "tick" : "send"} />
        </button>
      </div>
      <p id="left" className={left < 0 ? "left left-none" : "left"} role="status">
        {left < COUNTED_BELOW ? (left < 0 ? words.tooLong(-left) : words.left(left)) : ""}
      </p>
    </>
  );
}

/// A phone's keyboard has no Shift and Enter: there Enter breaks the line, and the button sends.
function hasNoShift(): boolean {
  return matchMedia("(pointer: coarse) and (hover: none)").matches;
}

/// Keeps the draft of a place: at once and then every while, when the box is left, and when the
/// page goes.
function useDraft(place: Place) {
  const app = useApp();
  const waiting = useRef<{ text: string; readonly timer: ReturnType<typeof setTimeout> } | null>(
    null,
  );
  const latest = useRef(place);
  useLayoutEffect(() => {
    latest.current = place;
  }, [place]);
  const forget = useCallback((): void => {
    clearTimeout(waiting.current?.timer);
    waiting.current = null;
  }, []);
  const now = useCallback((): void => {
    const kept = waiting.current;
    forget();
    if (kept !== null) {
      app.commands.setDraft(latest.current, kept.text);
    }
  }, [app, forget]);
  const later = useCallback(
    (text: string): void => {
      if (waiting.current === null) {
        app.commands.setDraft(latest.current, text);
        waiting.current = { text, timer: setTimeout(now, DRAFT_PAUSE_MILLIS) };
      } else {
        waiting.current.text = text;
      }
    },
    [app, now],
  );
  useEffect(() => {
    // Before the core keeps what there is.
    addEventListener("pagehide", now, { capture: true });
    document.addEventListener("visibilitychange", now, { capture: true });
    return () => {
      removeEventListener("pagehide", now, { capture: true });
      document.removeEventListener("visibilitychange", now, { capture: true });
      now();
    };
  }, [now]);
  return { forget, now, later };
}
