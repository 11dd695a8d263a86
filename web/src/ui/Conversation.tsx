import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import {
  type ConversationView,
  type MessageView,
  type Participant,
  type Place,
  conversationView,
  isPassing,
  resolvePlace,
} from "../core";
import { Avatar } from "./Avatar";
import { Composer, EditComposer } from "./Composer";
import { useApp, useAppState, useWords } from "./context";
import { ConversationMenu } from "./ConversationMenu";
import { Dialog } from "./Dialog";
import { Icon } from "./Icons";
import { type MessageActions, MessageActionsContext } from "./messageActions";
import { MessageList } from "./MessageList";
import { BlockedBar, RequestBar } from "./RequestBar";
import { pathOf } from "./route";
import { StrangersNote } from "./StrangersNote";
import { useTitle } from "./title";
import { problemText } from "./words";

const ReportDialog = lazy(() =>
  import("./ReportDialog").then((it) => ({ default: it.ReportDialog })),
);

/// A conversation on the screen: list, draft and target change together, all by `place`.
export function Conversation({
  place,
  onBack,
}: {
  readonly place: Place;
  readonly onBack: () => void;
}) {
  const words = useWords();
  const view = useAppState((state) => conversationView(state, place));
  const pane = usePane(place);
  useBlocks();
  useAddress(place);
  const { person } = view;
  const name =
    person?.displayName ?? person?.handle ?? (place.startsWith("@") ? place : words.goneAccount);
  useTitle(person === null ? null : name);
  return (
    <main className="main" id="main" aria-label={words.conversationWith(name)}>
      <header className="conversation-head">
        <button
          type="button"
          className="quiet square back"
          aria-label={words.back}
          onClick={onBack}
        >
          <Icon name="back" />
        </button>
        {person !== null && <Person person={person} name={name} />}
        {view.id !== null && view.row !== null && (
          <ConversationMenu {...view} id={view.id} row={view.row} name={name} onGone={onBack} />
        )}
      </header>
      <Body key={pane} view={view} name={name} onGone={onBack} />
    </main>
  );
}

function Person({ person, name }: { readonly person: Participant; readonly name: string }) {
  return (
    <>
      <Avatar person={person} />
      <div className="conversation-name">
        <h1 dir="auto">{name}</h1>
        {person.handle !== undefined && <p>@{person.handle}</p>}
      </div>
    </>
  );
}

function Body(props: {
  readonly view: ConversationView;
  readonly name: string;
  readonly onGone: () => void;
}) {
  const { view, name } = props;
  const app = useApp();
  const words = useWords();
  const { place, person } = view;
  const [editing, setEditing] = useState<MessageView | null>(null);
  const [unsending, setUnsending] = useState<MessageView | null>(null);
  const [reporting, setReporting] = useState<MessageView | null>(null);
  const actions = useMemo<MessageActions>(
    () => ({ edit: setEditing, unsend: setUnsending, report: setReporting }),
    [],
  );
  const me = useAppState((state) =>
    state.session.state === "signed-in" ? state.session.account : null,
  );
  if (place === `@${me?.handle ?? ""}` || view.problem?.code === "participant_self") {
    return <Lost text={words.personIsYou} />;
  }
  // What passes is asked for again by itself, and what is written goes out later.
  if (view.problem !== null && !view.loaded && !isPassing(view.problem)) {
    switch (view.problem.code) {
      case "participant_unknown":
      case "validation_failed":
        return <Lost text={words.personUnknown(place.slice(1))} />;
      case "conversation_not_found":
        return <Lost text={words.conversationUnknown} />;
      default:
        return (
          <Lost text={`${words.notLoaded} ${problemText(words, view.problem)}`}>
            <button type="button" onClick={() => void again()}>
              {words.tryAgain}
            </button>
          </Lost>
        );
    }
  }
  function again(): Promise<void> {
    return place.startsWith("@")
      ? app.commands.openPerson(place.slice(1))
      : app.commands.reload(place);
  }
  const hint =
    view.problem !== null && !view.loaded && view.lines.length === 0
      ? `${words.notLoaded} ${problemText(words, view.problem)}`
      : view.firstContact && view.lines.length === 0 && person?.handle !== undefined
        ? words.sayHello(name, person.handle)
        : null;
  const { id } = view;
  return (
    <MessageActionsContext value={actions}>
      <MessageList view={view} name={name} hint={hint} />
      {editing !== null && id !== null ? (
        <EditComposer
          key={editing.seq}
          id={id}
          message={editing}
          onClose={() => setEditing(null)}
        />
      ) : view.blocked && person !== null ? (
        <BlockedBar person={person} name={name} />
      ) : (
        <>
          {id !== null && view.row?.folder === "requests" && (
            <RequestBar id={id} person={person} name={name} onGone={props.onGone} />
          )}
          <StrangersNote place={id ?? place} name={name} />
          <Composer place={id ?? place} />
        </>
      )}
      <Unsend
        message={unsending}
        onUnsend={(seq) => id !== null && app.commands.unsend(id, seq)}
        onClose={() => setUnsending(null)}
      />
      {reporting !== null && id !== null && (
        <Suspense fallback={null}>
          <ReportDialog
            id={id}
            message={reporting}
            name={name}
            blocked={view.blocked}
            onClose={() => setReporting(null)}
          />
        </Suspense>
      )}
    </MessageActionsContext>
  );
}

/// Asks before a message of one's own is taken back.
function Unsend(props: {
  readonly message: MessageView | null;
  readonly onUnsend: (seq: number) => void;
  readonly onClose: () => void;
}) {
  const { message, onClose } = props;
  const words = useWords();
  return (
    <Dialog open={message !== null} title={words.unsendQuestion} onClose={onClose}>
      <p className="quoted" dir="auto">
        {message?.text}
      </p>
      <p>{words.unsendMeans}</p>
      <div className="dialog-end">
        <button type="button" className="secondary" onClick={onClose}>
          {words.cancel}
        </button>
        <button
          type="button"
          className="primary danger"
          onClick={() => {
            if (message?.seq != null) {
              props.onUnsend(message.seq);
            }
            onClose();
          }}
        >
          {words.unsendMessage}
        </button>
      </div>
    </Dialog>
  );
}

function Lost({ text, children }: { readonly text: string; readonly children?: React.ReactNode }) {
  const words = useWords();
  return (
    <div className="nothing" role="alert">
      <h1>{text}</h1>
      {children}
      <Link href="/">{words.toInbox}</Link>
    </div>
  );
}

/// Whom one has blocked is asked for when it first matters.
function useBlocks(): void {
  const app = useApp();
  const isUnknown = useAppState(
    ({ blocked, session }) =>
      blocked === null && session.state === "signed-in" && session.confirmed,
  );
  useEffect(() => {
    if (isUnknown) {
      void app.commands.loadBlocks();
    }
  }, [app, isUnknown]);
}

/// A name for what is on the screen that stays the same when a person becomes a conversation: what
/// is being written there, and the focus, must not notice.
function usePane(place: Place): string {
  const id = useAppState((state) => resolvePlace(state, place)?.id ?? place);
  const [pane, setPane] = useState({ key: place, place, id });
  if (pane.place === place && pane.id === id) {
    return pane.key;
  }
  const isSame = pane.place === place || pane.id === place || pane.id === id;
  const next = { key: isSame ? pane.key : place, place, id };
  setPane(next);
  return next.key;
}

/// Once it is known which conversation it is, the address says so: links that are kept stay right
/// when a handle changes hands.
function useAddress(place: Place): void {
  const [, navigate] = useLocation();
  const id = useAppState((state) => resolvePlace(state, place)?.id ?? null);
  useEffect(() => {
    if (id !== null && id !== place) {
      navigate(pathOf(id), { replace: true, state: history.state as unknown });
    }
  }, [id, place, navigate]);
}
