import type { Account, App, Commands, State } from "../../src/core";
import { Browser } from "./browser";
import type { Tab } from "./browser";
import { Server } from "./server";
import { Time } from "./time";

/// Two people with a conversation, of whom one has a browser.
export class Scene {
  readonly server = new Server(new Time());
  readonly ann: Account = this.server.account("ann");
  readonly ben: Account = this.server.account("ben");
  readonly id = this.server.open(this.ann, this.ben).id;
  readonly browser = new Browser(this.server, this.ann);

  /// A tab in which the session is up.
  async tab(): Promise<Tab> {
    const tab = this.browser.tab();
    await this.pass(1_000);
    return tab;
  }

  pass(millis: number): Promise<void> {
    return this.server.time.pass(millis);
  }

  says(text: string, id = this.id): void {
    this.server.write(id, { kind: "message", from: this.ben.id, text });
  }

  /// What somebody wrote, as it is stored.
  texts(from: Account = this.ann, id = this.id): string[] {
    return this.server
      .messages(id)
      .filter((it) => it.from === from.id)
      .map((it) => it.text ?? "");
  }

  /// Runs a command, and the time that it takes.
  async run<T>(tab: Tab, command: (commands: Commands) => Promise<T>): Promise<T> {
    const result = command(tab.app.commands);
    await this.pass(30_000);
    return result;
  }

  /// All messages that a tab shows in the conversation, in order.
  shown({ app }: { readonly app: App }, id = this.id): string[] {
    const items = app.getState().conversations.get(id)?.log.items ?? [];
    return items.flatMap((it) => (it.kind === "message" ? [it.text ?? ""] : []));
  }
}

export function outboxOf(state: State): string[] {
  return state.outbox.map((it) => `${it.text}: ${it.status.state}`);
}
