/// What people decide about their conversations, about others, and what they are called. The server is asked first; what it answers is shown here, and told to the other tabs.
import type { Api } from "./api";
import type { Here } from "./here";
import type { Commands } from "./index";
import type { Account, Participant, Result, Row } from "./model";
import { good } from "./problem";
import type { SessionKeeper } from "./session";
import type { Store } from "./store";

type Decisions = Pick<
  Commands,
  | "changeName"
  | "changeHandle"
  | "moveTo"
  | "mute"
  | "deleteConversation"
  | "keepMessages"
  | "block"
  | "unblock"
  | "loadBlocks"
>;

/// Pages of blocked people that are gone through. Whoever has blocked more sees the first of them.
const BLOCK_PAGES = 20;

export function decisions(
  api: Api,
  store: Store,
  newId: () => string,
  keeper: SessionKeeper,
  here: () => Here | null,
): Decisions {
  const shown = (answer: Result<Row>): Result<Row> => {
    if (answer.ok) {
      here()?.tell({ type: "row", row: answer.value });
    }
    return answer;
  };
  const changed = async (account: Account): Promise<void> => {
    here()?.tell({ type: "account", account });
    await keeper.remember(account);
  };
  const changedAccount = async (answer: Result<Account>): Promise<Result<Account>> => {
    if (answer.ok) {
      await changed(answer.value);
    }
    return answer;
  };
  const block = async (id: string, isBlocked: boolean): Promise<Result<null>> => {
    const answer = await api.block(id, isBlocked);
    if (answer.ok) {
      here()?.tell({ type: "block", account: id, blocked: isBlocked });
    }
    return answer;
  };
  return {
    changeName: async (displayName) => changedAccount(await api.changeAccount({ displayName })),
    changeHandle: async (handle) => changedAccount(await api.changeAccount({ handle })),
    moveTo: async (id, folder) => {
      const answer = shown(await api.changeConversation(id, { folder }));
      const it = store.get().conversations.get(id);
      if (answer.ok && it !== undefined && store.get().open === id) {
        // What one has read before accepting it is read now.
        here()?.marks.mark(id, it.log.to);
      }
      return answer;
    },
    mute: async (id, muted) => shown(await api.changeConversation(id, { muted })),
    deleteConversation: async (id) => {
      const it = store.get().conversations.get(id);
      const upTo = Math.max(it?.log.to ?? 0, it?.row.last?.seq ?? 0);
      const answer = shown(await api.deleteConversation(id, upTo));
      if (answer.ok) {
        here()?.tell({ type: "draft", place: id, text: "" });
      }
      return answer;
    },
    keepMessages: async (id, days) => {
      const answer = await api.keepMessages(id, newId(), days);
      if (!answer.ok) {
        return answer;
      }
      here()?.tell({ type: "entry", conversation: id, entry: answer.value });
      return good(null);
    },
    block: (id) => block(id, true),
    unblock: (id) => block(id, false),
    loadBlocks: async () => {
      const people: Participant[] = [];
      let after: string | null = null;
      for (let pages = 0; pages < BLOCK_PAGES; pages++) {
        const answer = await api.blocks(after);
        if (!answer.ok) {
          return answer;
        }
        people.push(...answer.value.items.map((it) => it.account));
        after = answer.value.next;
        if (after === null) {
          break;
        }
      }
      here()?.tell({ type: "blocks", people });
      return good(null);
    },
  };
}
