/// Puts the core together, and is what screens talk to.
import { Again, isConfirmed } from "./again";
import { Api } from "./api";
import { Arrivals } from "./arrivals";
import { ServerClock } from "./clock";
import type { Environment } from "./environment";
import { decisions } from "./filing";
import { leaving } from "./leaving";
import { reporting } from "./reporting";
import type { App, Commands } from "./index";
import type { Change, Place } from "./model";
import { good, isPassing } from "./problem";
import { SessionKeeper } from "./session";
import { Store } from "./store";
import { asStored, codePoints, isBlank, TEXT_CODE_POINTS } from "./text";
import { uuid7 } from "./uuid";

const HANDLE_PREFIX = /^[a-z0-9_]{2,30}$/;

/// Begins at once: asks who is here, and shows what this browser remembers of them.
export function createApp(env: Environment): App {
  const store = new Store();
  const clock = new ServerClock(env);
  const api = new Api(env, clock);
  const arrivals = new Arrivals(store, clock);
  const keeper = new SessionKeeper({ env, api, clock, store });
  const here = () => keeper.here;

  const openPerson = async (handle: string): Promise<void> => {
    const place = `@${handle.trim().replace(/^@/, "").toLowerCase()}`;
    store.dispatch({ type: "open", place });
    const id = await openingOf(place);
    if (id !== null) {
      await here()?.sync.load(id);
    }
  };

  /// The conversation with a person, as far as it can be had now.
  const openingOf = async (place: Place): Promise<string | null> => {
    const state = store.get();
    const known = state.openings.get(place);
    if (known?.state === "open") {
      return known.conversation;
    }
    const handle = place.slice(1);
    for (const { row } of state.conversations.values()) {
      if (row.participants.length === 1 && row.participants[0]?.handle === handle) {
        here()?.tell({ type: "opened", place, row });
        return row.id;
      }
    }
    if (known?.state === "opening") {
      return null;
    }
    if (!isConfirmed(state)) {
      store.dispatch({ type: "opening", place, opening: { state: "waiting" } });
      return null;
    }
    store.dispatch({ type: "opening", place, opening: { state: "opening" } });
    const answer = await api.open(handle);
    if (answer.ok) {
      here()?.tell({ type: "opened", place, row: answer.value });
      return answer.value.id;
    }
    const { problem } = answer;
    const opening = isPassing(problem)
      ? ({ state: "waiting" } as const)
      : ({ state: "failed", problem } as const);
    store.dispatch({ type: "opening", place, opening });
    return null;
  };

  const nextOrder = (): number => (store.get().outbox.at(-1)?.order ?? 0) + 1;

  /// Puts something on its way, unless it is a text that nobody would take.
  const write = (place: Place, typed: string, change?: Change): boolean => {
    const text = asStored(typed);
    const max = store.get().config?.limits.textCodePoints ?? TEXT_CODE_POINTS;
    return !isBlank(text) && codePoints(text) <= max && put(place, text, change);
  };
  const put = (place: Place, text: string, change?: Change): boolean => {
    const person = here();
    if (person === null) {
      return false;
    }
    // The last word on a message makes those before it void, as far as they have not left.
    for (const it of change === undefined ? [] : store.get().outbox) {
      if (it.place === place && it.change?.target === change?.target) {
        void person.discard(it.key);
      }
    }
    person.send({
      key: Array.from(env.randomBytes(16), (byte) => byte.toString(16).padStart(2, "0")).join(""),
      place,
      text,
      ...(change === undefined ? {} : { change }),
      writtenAt: clock.now(),
      order: nextOrder(),
      clientId: null,
      unsure: false,
      status: { state: "queued" },
    });
    return true;
  };

  const commands: Commands = {
    signUp: (handle, displayName, password) =>
      keeper.enter(() => api.signUp(handle, displayName, password)),
    signIn: (handle, password) => keeper.enter(() => api.signIn(handle, password)),
    signInDemo: (handle) => keeper.enter(() => api.signInDemo(handle)),
    signOut: (everywhere = false) => keeper.leave(everywhere),

    ...decisions(api, store, () => uuid7(clock.now(), env.randomBytes(16)), keeper, here),
    ...leaving(api, store, keeper, here),
    report: reporting(env, api, clock),
    changePassword: (current, next) => api.changePassword(current, next),

    loadInbox: async () => here()?.sync.loadInbox(),
    loadMoreInbox: async () => here()?.sync.loadMoreInbox(),
    loadArchive: async () => here()?.sync.loadArchive(false),
    loadMoreArchive: async () => here()?.sync.loadArchive(true),

    openConversation: async (id) => {
      store.dispatch({ type: "open", place: id });
      await here()?.sync.load(id);
    },
    openPerson,
    closePlace: () => store.dispatch({ type: "open", place: null }),
    loadOlder: async (id) => here()?.sync.loadOlder(id),
    reload: async (id) => here()?.sync.load(id),

    setDraft: (place, text) => {
      if ((store.get().drafts.get(place) ?? "") !== text) {
        here()?.tell({ type: "draft", place, text });
      }
    },
    send: (place, typed) => {
      const isSent = write(place, typed);
      if (isSent) {
        commands.setDraft(place, "");
      }
      return isSent;
    },
    edit: (id, target, typed) => write(id, typed, { kind: "edit", target }),
    unsend: (id, target) => void put(id, "", { kind: "unsend", target }),
    retry: (key) => void here()?.retry(key, nextOrder()),
    discard: (key) => void here()?.discard(key),

    markSeen: (id, seq) => here()?.marks.mark(id, seq),
    findPeople: async (typed) => {
      const prefix = typed.trim().replace(/^@/, "").toLowerCase();
      if (!HANDLE_PREFIX.test(prefix)) {
        return good([]);
      }
      const found = await api.findPeople(prefix);
      if (!found.ok) {
        return found;
      }
      store.dispatch({ type: "people", accounts: found.value.items });
      return good(found.value.items);
    },
    retryConnection: () => {
      here()?.retryConnection();
      keeper.wake();
    },
  };

  const again = new Again(env, store, (place) => {
    void (place.startsWith("@") ? openPerson(place) : commands.openConversation(place));
  });

  keeper.start();
  return {
    getState: () => store.get(),
    subscribe: (listener) => store.watch(listener),
    onArrival: (listener) => arrivals.listen(listener),
    commands,
    close: () => {
      again.stop();
      return keeper.close();
    },
  };
}
