/// Which of what changes is news: messages of others that arrive while one is here, each once and in
/// the order of the log. History is no news.
import type { ServerClock } from "./clock";
import type { Arrival } from "./index";
import type { ConversationId, MessageEntry, State } from "./model";
import { myId } from "./reduce";
import type { Store } from "./store";

/// What comes late because a gap had to be filled is still news for this long.
const NEWS_MILLIS = 60_000;

export class Arrivals {
  private readonly listeners = new Set<(arrival: Arrival) => void>();
  private readonly told = new Map<ConversationId, number>();

  constructor(store: Store, clock: ServerClock) {
    store.watch((state, before, action) => {
      if (action.type === "entry" && action.entry.kind === "message") {
        const log = state.conversations.get(action.conversation)?.log;
        // Behind a gap, it comes again with the page that fills it.
        if (log === undefined || log.from === 0 || log.to >= action.entry.seq) {
          this.tell(state, action.conversation, action.entry);
        }
      } else if (action.type === "page" && action.asked.part === "after") {
        const end = before.conversations.get(action.conversation)?.log.to ?? 0;
        for (const item of action.page.items) {
          if (item.kind !== "message" || item.seq <= end) {
            continue;
          }
          if (clock.now() - Date.parse(item.at) < NEWS_MILLIS) {
            this.tell(state, action.conversation, item);
          }
        }
      }
    });
  }

  listen(listener: (arrival: Arrival) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(state: State, conversation: ConversationId, message: MessageEntry): void {
    const from = state.people.get(message.from);
    const last = this.told.get(conversation) ?? 0;
    if (message.seq <= last || message.from === myId(state)) {
      return;
    }
    this.told.set(conversation, message.seq);
    if (from === undefined || message.text === undefined) {
      return;
    }
    for (const listener of this.listeners) {
      listener({ conversation, seq: message.seq, from, text: message.text });
    }
  }
}
