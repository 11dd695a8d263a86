/// Which screen an address is. The server knows the first segments too (`WebClient`).
import type { Place } from "../core";

export type Route =
  | { readonly screen: "inbox" }
  | { readonly screen: "conversation"; readonly place: Place }
  | { readonly screen: "settings" }
  | { readonly screen: "sign-in" }
  | { readonly screen: "sign-up" }
  | { readonly screen: "erasure" }
  | { readonly screen: "demo"; readonly handle: string }
  | { readonly screen: "unknown" };

export function routeOf(path: string): Route {
  const [first = "", second = "", ...rest] = path.slice(1).split("/").map(decoded);
  if (rest.length > 0) {
    return { screen: "unknown" };
  }
  if (second === "") {
    switch (first) {
      case "":
        return { screen: "inbox" };
      case "settings":
      case "sign-in":
      case "sign-up":
      case "erasure":
        return { screen: first };
      default:
        return { screen: "unknown" };
    }
  }
  switch (first) {
    case "c":
      return { screen: "conversation", place: second };
    case "with":
      return { screen: "conversation", place: `@${second.toLowerCase()}` };
    case "demo":
      return { screen: "demo", handle: second };
    default:
      return { screen: "unknown" };
  }
}

/// Where a place is shown.
export function pathOf(place: Place): string {
  return place.startsWith("@")
    ? `/with/${encodeURIComponent(place.slice(1))}`
    : `/c/${encodeURIComponent(place)}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
