/// The server's contract, typed by its own document. Every call answers a value or a problem, within
/// a time; the session is in a cookie that no script can read.
import createClient from "openapi-fetch";
import type { components, paths } from "../../target/generated/schema";
import type { HistoryPage, InboxPage, PageAsked } from "./actions";
import type { ServerClock } from "./clock";
import type { Environment } from "./environment";
import type {
  Account,
  Config,
  Erasure,
  ErasureStatus,
  MessageEntry,
  ReportReason,
  Result,
  RetentionEntry,
  Row,
} from "./model";
import { bad, good, ownProblem, problemOf } from "./problem";

/// Longer than the server waits for anything by itself.
export const TIMEOUT_MILLIS = 20_000;
export const HISTORY_PAGE = 50;
export const CATCH_UP_PAGE = 100;
export const INBOX_PAGE = 30;

type AccountChange = components["schemas"]["AccountChange"];
type BlocksPage = components["schemas"]["BlocksPage"];
type ConversationChange = components["schemas"]["ConversationChange"];
type EditEntry = components["schemas"]["Edit"];
type UnsendEntry = components["schemas"]["Unsend"];
type ReadState = components["schemas"]["ReadState"];
type Session = components["schemas"]["SessionStarted"];

/// What openapi-fetch answers.
interface Answered {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export class Api {
  private readonly client;

  constructor(
    private readonly env: Environment,
    private readonly clock: ServerClock,
  ) {
    this.client = createClient<paths>({
      baseUrl: env.origin,
      fetch: (request) => env.fetch(request),
      credentials: "same-origin",
      // Nothing here may come from a cache: numbers without a gap are the whole point.
      cache: "no-store",
    });
  }

  config(): Promise<Result<Config>> {
    return this.call((signal) => this.client.GET("/api/config", { signal }));
  }

  me(): Promise<Result<Account>> {
    return this.call((signal) => this.client.GET("/api/me", { signal }));
  }

  signUp(handle: string, displayName: string, password: string): Promise<Result<Session>> {
    const body = { handle, displayName, password, transport: "cookie" as const };
    return this.call((signal) => this.client.POST("/api/accounts", { body, signal }));
  }

  signIn(handle: string, password: string): Promise<Result<Session>> {
    const body = { handle, password, transport: "cookie" as const };
    return this.call((signal) => this.client.POST("/api/sessions", { body, signal }));
  }

  signInDemo(handle: string): Promise<Result<Session>> {
    return this.call((signal) =>
      this.client.POST("/api/demo/sessions", { body: { handle }, signal }),
    );
  }

  signOut(everywhere: boolean): Promise<Result<null>> {
    return this.call((signal) =>
      everywhere
        ? this.client.DELETE("/api/sessions", { signal })
        : this.client.DELETE("/api/sessions/current", { signal }),
    );
  }

  changeAccount(body: AccountChange): Promise<Result<Account>> {
    return this.call((signal) => this.client.PATCH("/api/me", { body, signal }));
  }

  changePassword(current: string, next: string): Promise<Result<null>> {
    const body = { current, new: next };
    return this.call((signal) => this.client.PUT("/api/me/password", { body, signal }));
  }

  findPeople(prefix: string): Promise<Result<{ readonly items: Account[] }>> {
    const params = { query: { prefix } };
    return this.call((signal) => this.client.GET("/api/accounts", { params, signal }));
  }

  inbox(cursor: string | null, folder?: "archive"): Promise<Result<InboxPage>> {
    const query = {
      limit: INBOX_PAGE,
      ...(cursor === null ? {} : { cursor }),
      ...(folder === undefined ? {} : { folder }),
    };
    const params = { query };
    return this.call((signal) => this.client.GET("/api/conversations", { params, signal }));
  }

  conversation(id: string): Promise<Result<Row>> {
    const params = { path: { id } };
    return this.call((signal) => this.client.GET("/api/conversations/{id}", { params, signal }));
  }

  changeConversation(id: string, body: ConversationChange): Promise<Result<Row>> {
    const params = { path: { id } };
    return this.call((signal) =>
      this.client.PATCH("/api/conversations/{id}", { params, body, signal }),
    );
  }

  keepMessages(id: string, clientId: string, days: number): Promise<Result<RetentionEntry>> {
    const params = { path: { id } };
    const body = { clientId, days };
    return this.call((signal) =>
      this.client.PUT("/api/conversations/{id}/retention", { params, body, signal }),
    );
  }

  deleteConversation(id: string, upTo: number): Promise<Result<Row>> {
    const params = { path: { id }, query: { upTo } };
    return this.call((signal) => this.client.DELETE("/api/conversations/{id}", { params, signal }));
  }

  blocks(after: string | null): Promise<Result<BlocksPage>> {
    const params = { query: after === null ? {} : { after } };
    return this.call((signal) => this.client.GET("/api/blocks", { params, signal }));
  }

  block(userId: string, isBlocked: boolean): Promise<Result<null>> {
    const params = { path: { userId } };
    return this.call((signal) =>
      isBlocked
        ? this.client.PUT("/api/blocks/{userId}", { params, signal })
        : this.client.DELETE("/api/blocks/{userId}", { params, signal }),
    );
  }

  report(id: string, seq: number, clientId: string, reason: ReportReason): Promise<Result<null>> {
    const params = { path: { id } };
    const body = { clientId, seq, reason };
    return this.call((signal) =>
      this.client.POST("/api/conversations/{id}/reports", { params, body, signal }),
    );
  }

  /// Without a password it needs a sign-in of a moment ago.
  askExport(password: string | null): Promise<Result<components["schemas"]["ExportAsked"]>> {
    const body = password === null ? {} : { password };
    return this.call((signal) => this.client.POST("/api/me/export", { body, signal }));
  }

  exportStatus(): Promise<Result<components["schemas"]["ExportStatus"]>> {
    return this.call((signal) => this.client.GET("/api/me/export", { signal }));
  }

  /// Without a password it needs a sign-in of a moment ago.
  askErasure(password: string | null): Promise<Result<Erasure>> {
    const body = password === null ? {} : { password };
    return this.call((signal) => this.client.POST("/api/me/erasure", { body, signal }));
  }

  claimErasure(code: string): Promise<Result<ErasureStatus>> {
    return this.call((signal) => this.client.POST("/api/erasures", { body: { code }, signal }));
  }

  takeErasureBack(): Promise<Result<null>> {
    return this.call((signal) => this.client.DELETE("/api/me/erasure", { signal }));
  }

  open(handle: string): Promise<Result<Row>> {
    const body = { participants: [handle] };
    return this.call((signal) => this.client.POST("/api/conversations", { body, signal }));
  }

  page(id: string, asked: PageAsked): Promise<Result<HistoryPage>> {
    const query = {
      limit: asked.part === "after" ? CATCH_UP_PAGE : HISTORY_PAGE,
      ...(asked.part === "older" ? { before: asked.before } : {}),
      ...(asked.part === "after" ? { after: asked.after } : {}),
    };
    const params = { path: { id }, query };
    return this.call((signal) =>
      this.client.GET("/api/conversations/{id}/messages", { params, signal }),
    );
  }

  send(id: string, clientId: string, text: string): Promise<Result<MessageEntry>> {
    const params = { path: { id } };
    const body = { clientId, text };
    return this.call((signal) =>
      this.client.POST("/api/conversations/{id}/messages", { params, body, signal }),
    );
  }

  edit(id: string, seq: number, clientId: string, text: string): Promise<Result<EditEntry>> {
    const params = { path: { id, seq } };
    const body = { clientId, text };
    return this.call((signal) =>
      this.client.PATCH("/api/conversations/{id}/messages/{seq}", { params, body, signal }),
    );
  }

  unsend(id: string, seq: number, clientId: string): Promise<Result<UnsendEntry>> {
    const params = { path: { id, seq }, query: { clientId } };
    return this.call((signal) =>
      this.client.DELETE("/api/conversations/{id}/messages/{seq}", { params, signal }),
    );
  }

  markRead(id: string, seq: number): Promise<Result<ReadState>> {
    const params = { path: { id } };
    return this.call((signal) =>
      this.client.PUT("/api/conversations/{id}/read", { params, body: { seq }, signal }),
    );
  }

  private async call<T>(ask: (signal: AbortSignal) => Promise<Answered>): Promise<Result<T>> {
    const stop = new AbortController();
    const late = this.env.later(TIMEOUT_MILLIS, () => stop.abort());
    try {
      const { data, error, response } = await ask(stop.signal);
      this.clock.hear(response.headers);
      if (response.ok && (data !== undefined || response.status === 204)) {
        return good((data ?? null) as T);
      }
      if (typeof error === "object" && error !== null && "now" in error) {
        this.clock.hearNow(String(error.now));
      }
      return bad(problemOf(response, error));
    } catch {
      // No answer, or one that broke off: whether the server did it is not known.
      return bad(ownProblem(stop.signal.aborted ? "timeout" : "offline"));
    } finally {
      late();
    }
  }
}
