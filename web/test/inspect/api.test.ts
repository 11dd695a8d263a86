import { expect, test } from "vitest";
import { InspectApi, isTokenBad } from "../../src/inspect/api";
import { hueOf, placeShown, shown, summary } from "../../src/inspect/entities";
import type { Attribute, Item } from "../../src/inspect/model";
import { bytes, problemText, time } from "../../src/inspect/words";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function answering(
  status: number,
  body: unknown,
): { readonly sent: Sent[]; readonly api: InspectApi } {
  const sent: Sent[] = [];
  const api = new InspectApi("po_secret", (input, init) => {
    sent.push({ url: typeof input === "string" ? input : "", init: init ?? {} });
    return Promise.resolve(Response.json(body, { status }));
  });
  return { sent, api };
}

test("the token is in a header and in no address, and goes nowhere else", async () => {
  const { sent, api } = answering(200, {});
  await api.collection("H#an&x", "next", true, true);
  await api.run("log-end", ["c"], false);
  expect(sent.map((it) => it.url)).toEqual([
    "/operator/inspect/collection?of=H%23an%26x&from=next&ascending=true&texts=true",
    "/operator/inspect/runs?texts=false",
  ]);
  for (const { init } of sent) {
    expect(new Headers(init.headers).get("Authorization")).toBe("Bearer po_secret");
    expect(init.credentials).toBe("omit");
    expect(init.redirect).toBe("error");
  }
});

test("what goes wrong is a value with a sentence that says what to do", async () => {
  const gone = new InspectApi("t", () => Promise.reject(new TypeError("no way")));
  const offline = await gone.about();
  expect(offline.ok ? "" : problemText(offline.problem)).toContain("does not answer");

  const refused = await answering(401, { code: "token_invalid", detail: "No." }).api.about();
  expect(!refused.ok && isTokenBad(refused.problem)).toBe(true);
  expect(refused.ok ? "" : problemText(refused.problem)).toContain("Make another");

  const unfit = await answering(422, {
    code: "validation_failed",
    detail: "See errors.",
    errors: [{ field: "of", code: "unfit", message: "Nobody has the handle x." }],
  }).api.about();
  expect(unfit.ok ? "" : problemText(unfit.problem)).toBe("See errors. Nobody has the handle x.");
  expect(!unfit.ok && isTokenBad(unfit.problem)).toBe(false);
});

const attribute = (name: string, value: string | null, type = "S"): Attribute => ({
  name,
  type,
  value,
  hidden: value === null ? 12 : null,
});

test("values are told as people read them", () => {
  expect(shown(attribute("text", null))).toBe("12 characters, hidden");
  expect(shown(attribute("createdAt", "1764633600000", "N"))).toBe("2025-12-02 00:00:00");
  expect(shown(attribute("ttl", "1764633600", "N"))).toBe("2025-12-02 00:00:00");
  expect(shown(attribute("n", "12", "N"))).toBe("12");
  expect(time(Number.NaN)).toBe("NaN");
  expect([bytes(0), bytes(1023), bytes(1024), bytes(3 * 1024 * 1024)]).toEqual([
    "0 B",
    "1,023 B".replace(",", ""),
    "1 KB",
    "3 MB",
  ]);
  expect(placeShown("I#1764633600000#c-1")).toEqual({
    folder: "inbox",
    at: "2025-12-02 00:00:00",
  });
  expect(placeShown("X")).toEqual({ folder: "X", at: "" });
});

test("a cell shows what tells most, and not where it is in the index", () => {
  const item: Item = {
    ...{ pk: "C#c", sk: "M#1", entity: "entry", place: "I#1", bytes: 1 },
    attributes: ["at", "inboxKey", "stateSeq", "text", "kind"].map((it) => attribute(it, "x")),
  };
  expect(summary(item, "inboxKey").map((it) => it.name)).toEqual(["text", "kind", "at"]);
});

test("every entity has a colour, and the same one each time", () => {
  expect(hueOf("entry")).not.toBe(hueOf("row"));
  expect(hueOf("brand-new")).toBe(hueOf("brand-new"));
  expect(hueOf(null)).toBeGreaterThanOrEqual(0);
});
