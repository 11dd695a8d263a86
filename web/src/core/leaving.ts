/// What people do who want to know what is held of them, or to go: their archive, the end of their
/// account, and the receipt of that.
import type { Api } from "./api";
import type { Here } from "./here";
import type { Commands } from "./index";
import type { Account } from "./model";
import { good } from "./problem";
import type { SessionKeeper } from "./session";
import type { Store } from "./store";

type Leaving = Pick<
  Commands,
  "askExport" | "exportProgress" | "askErasure" | "takeErasureBack" | "claimErasure"
>;

export function leaving(
  api: Api,
  store: Store,
  keeper: SessionKeeper,
  here: () => Here | null,
): Leaving {
  const changed = async (account: Account): Promise<void> => {
    here()?.tell({ type: "account", account });
    await keeper.remember(account);
  };
  /// A browser that keeps nothing has the link for as long as the page is open.
  const keepLink = async (link: string | null): Promise<void> => {
    await here()
      ?.storage.putExportLink(link)
      .catch(() => undefined);
  };
  return {
    askExport: async (password) => {
      const answer = await api.askExport(password);
      if (answer.ok) {
        await keepLink(answer.value.link);
      }
      return answer;
    },
    exportProgress: async () => {
      const answer = await api.exportStatus();
      if (!answer.ok) {
        return answer;
      }
      const link =
        (await here()
          ?.storage.exportLink()
          .catch(() => null)) ?? null;
      if (answer.value.state === "none" && link !== null) {
        await keepLink(null);
      }
      return good({ ...answer.value, link: answer.value.state === "none" ? null : link });
    },
    askErasure: async (password) => {
      const answer = await api.askErasure(password);
      const { session } = store.get();
      if (answer.ok && session.state === "signed-in") {
        await changed({ ...session.account, erasesAt: answer.value.erasesAt });
      }
      return answer;
    },
    takeErasureBack: async () => {
      const answer = await api.takeErasureBack();
      const { session } = store.get();
      if (answer.ok && session.state === "signed-in") {
        const { id, handle, displayName, hasPassword } = session.account;
        const known = hasPassword === undefined ? {} : { hasPassword };
        await changed({ id, handle, displayName, ...known });
      }
      return answer;
    },
    claimErasure: (code) => api.claimErasure(code.trim()),
  };
}
