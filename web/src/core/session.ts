/// Who is here, as the server says it: found out at the start, entered, left, doubted.
import type { Api } from "./api";
import { backoffMillis } from "./backoff";
import { GRAIN_MILLIS, type ServerClock } from "./clock";
import type { Channel, Environment } from "./environment";
import { Here } from "./here";
import type { Account, Problem, Result, SignedOut } from "./model";
import { good, isSessionOver } from "./problem";
import { lastAccount, rememberAccount } from "./storage";
import type { Store } from "./store";

export interface KeeperPorts {
  readonly env: Environment;
  readonly api: Api;
  readonly clock: ServerClock;
  readonly store: Store;
}

export class SessionKeeper {
  here: Here | null = null;
  private isClosed = false;
  /// Whoever enters or leaves makes older questions void.
  private turn = 0;
  private asking: Promise<void> | null = null;
  private failures = 0;
  private cancelAsk: (() => void) | null = null;
  private readonly channel: Channel | null;
  private readonly unlisten: readonly (() => void)[];
  /// One change at a time: each waits for the one before it.
  private change: Promise<unknown> = Promise.resolve();

  constructor(private readonly ports: KeeperPorts) {
    const { env } = ports;
    this.unlisten = [
      env.onWake(() => this.wake()),
      env.onOffline(() => this.here?.offline()),
      env.onHide(() => void this.here?.keep()),
    ];
    // Of all tabs, whoever is here: somebody else's sign-in ends this one's.
    this.channel = env.openChannel("parley session");
    if (this.channel !== null) {
      this.channel.onmessage = (event) => void this.toldByTab(event.data as Told);
    }
  }

  start(): void {
    void this.inTurn(async () => {
      const account = await lastAccount(this.ports.env).catch(() => null);
      if (account !== null && this.turn === 0) {
        await this.become(account, false);
      }
    }).then(() => this.ask());
  }

  /// Signs in or up, and begins.
  async enter(
    sign: () => Promise<Result<{ readonly account: Account }>>,
  ): Promise<Result<Account>> {
    const answer = await sign();
    if (!answer.ok) {
      return answer;
    }
    const { account } = answer.value;
    this.turn++;
    await this.inTurn(async () => {
      await this.become(account, true);
      await this.remember(account);
      this.tellTabs({ account: account.id, wiped: null });
    });
    await this.learnConfig();
    return good(account);
  }

  /// Ends the session, and forgets everything of it here. If the server cannot be told, nothing
  /// happens: a session that only looks ended would be worse.
  async leave(everywhere: boolean): Promise<Result<null>> {
    const answer = await this.ports.api.signOut(everywhere);
    if (!answer.ok && !isSessionOver(answer.problem)) {
      return answer;
    }
    this.turn++;
    await this.inTurn(async () => {
      const { session } = this.ports.store.get();
      const wiped = session.state === "signed-in" ? session.account.id : null;
      this.tellTabs({ account: null, wiped });
      await this.end("signed-out", true);
    });
    return good(null);
  }

  async remember(account: Account): Promise<void> {
    await rememberAccount(this.ports.env, account).catch(() => undefined);
  }

  /// The server may not know this session any more: asks it.
  doubt(): void {
    void this.ask();
  }

  wake(): void {
    this.failures = 0;
    const { session } = this.ports.store.get();
    if (session.state !== "signed-in" || !session.confirmed) {
      void this.ask();
    }
    this.here?.wake();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.turn++;
    this.cancelAsk?.();
    this.unlisten.forEach((end) => end());
    this.channel?.close();
    await this.change.catch(() => undefined);
    await this.here?.close(false);
    this.here = null;
  }

  /// One question at a time.
  private ask(): Promise<void> {
    this.asking ??= this.askOnce().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  private async askOnce(): Promise<void> {
    this.cancelAsk?.();
    const { turn } = this;
    const [answer] = await Promise.all([this.ports.api.me(), this.learnConfig()]);
    if (turn !== this.turn || this.isClosed) {
      return;
    }
    if (answer.ok) {
      this.failures = 0;
      await this.inTurn(async () => {
        if (turn === this.turn) {
          await this.become(answer.value, true);
          await this.remember(answer.value);
        }
      });
    } else if (isSessionOver(answer.problem)) {
      this.failures = 0;
      await this.inTurn(async () => {
        // Whoever was told already why nobody is here goes on being told so.
        if (turn === this.turn && this.ports.store.get().session.state !== "signed-out") {
          const isErased = this.isErased();
          const why = isErased ? "erased" : "expired";
          await this.end(this.here === null ? "never" : why, isErased);
        }
      });
    } else {
      this.askLater(answer.problem);
    }
  }

  /// Whether the time of the account is over, and not only the session's: then nothing of it stays.
  private isErased(): boolean {
    const { session } = this.ports.store.get();
    const at = session.state === "signed-in" ? session.account.erasesAt : undefined;
    // Where it begins at once, the server's clock as known here may still be short of it.
    return at !== undefined && Date.parse(at) <= this.ports.clock.now() + GRAIN_MILLIS;
  }

  /// No word from the server: what is remembered is shown, and it is asked again.
  private askLater(problem: Problem): void {
    const { env, store } = this.ports;
    this.failures++;
    const asked = (problem.retryAfter ?? 0) * 1000;
    const wait = Math.max(asked, backoffMillis(this.failures, env.random()));
    const { session } = store.get();
    if (session.state === "starting") {
      store.dispatch({ type: "session", session: { state: "signed-out", why: "never" } });
    }
    if (session.state !== "signed-in" || !session.confirmed) {
      store.dispatch({
        type: "connection",
        connection: env.isOnline()
          ? { state: "waiting", retryAt: env.now() + wait }
          : { state: "offline" },
      });
    }
    this.cancelAsk = env.later(wait, () => void this.ask());
  }

  private async become(account: Account, confirmed: boolean): Promise<void> {
    const { store } = this.ports;
    const { session } = store.get();
    const isSame = session.state === "signed-in" && session.account.id === account.id;
    if (!isSame || this.here === null) {
      await this.here?.close(false);
      this.here = null;
      if (this.isClosed) {
        return;
      }
      if (session.state === "signed-in" && !isSame) {
        // Nobody sees what is another person's while their own is fetched.
        store.dispatch({ type: "session", session: { state: "starting" } });
      }
      this.here = await Here.begin({ ...this.ports, onSessionDoubt: () => this.doubt() }, account);
    }
    if (confirmed) {
      store.dispatch({ type: "session", session: { state: "signed-in", account, confirmed } });
      this.here.confirmed();
    }
  }

  private async end(why: SignedOut, wipe: boolean): Promise<void> {
    const { env, store } = this.ports;
    const { here } = this;
    this.here = null;
    // Whatever cannot be written any more: nobody is here from now on.
    await here?.close(wipe).catch(() => undefined);
    // Kept, but shown to nobody who has not signed in again, online or not.
    await rememberAccount(env, null).catch(() => undefined);
    store.dispatch({ type: "session", session: { state: "signed-out", why } });
  }

  private async toldByTab(told: Told): Promise<void> {
    const { session } = this.ports.store.get();
    const mine = session.state === "signed-in" ? session.account.id : null;
    if (told.account === mine && mine !== null) {
      return;
    }
    this.turn++;
    await this.inTurn(async () => {
      if (mine !== null) {
        await this.end("signed-out", told.wiped === mine);
      }
    });
    if (told.account !== null) {
      await this.ask();
    }
  }

  private tellTabs(told: Told): void {
    this.channel?.postMessage(told);
  }

  private async learnConfig(): Promise<void> {
    const { api, clock, store } = this.ports;
    const { config, session } = store.get();
    // Whoever is about to sign in is shown how as it is now.
    if (config === null || session.state !== "signed-in") {
      const answer = await api.config();
      if (answer.ok) {
        store.dispatch({ type: "config", config: answer.value });
      }
    }
    const offset = clock.distance();
    if (offset !== null) {
      store.dispatch({ type: "clock", offset });
    }
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    const next = this.change.catch(() => undefined).then(step);
    this.change = next;
    return next;
  }
}

/// Who is here now, and whose things are forgotten.
interface Told {
  readonly account: string | null;
  readonly wiped: string | null;
}
