import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import {
  type ConversationView,
  type Participant,
  type Place,
  conversationView,
  resolvePlace,
} from "../core";
import { Avatar } from "./Avatar";
import { Composer } from "./Composer";
import { useApp, useAppState, useWords } from "./context";
import { Icon } from "./Icons";
import { MessageList } from "./MessageList";
import { pathOf } from "./route";
import { useTitle } from "./title";
import { problemText } from "./words";

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
      </header>
      <Body key={pane} view={view} name={name} />
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

function Body({ view, name }: { readonly view: ConversationView; readonly name: string }) {
  const app = useApp();
  const words = useWords();
  const { place, person } = view;
  const me = useAppState((state) =>
    state.session.state === "signed-in" ? state.session.account : null,
  );
  if (place === `@${me?.handle ?? ""}` || view.problem?.code === "participant_self") {
    return <Lost text={words.personIsYou} />;
  }
  if (view.problem !== null && !view.loaded) {
    switch (view.problem.code) {
      case "participant_unknown":
      case "validation_failed":
        return <Lost text={words.personUnknown(place.slice(1))} />;
      case "conversation_not_found":
        return <Lost text={words.conversationUnknown} />;
      case "offline":
      case "timeout":
        // What is written goes out later.
        break;
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
  return (
    <>
      <MessageList view={view} name={name} hint={hint} />
      <Composer place={view.id ?? place} />
    </>
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
