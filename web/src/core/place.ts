import type { Conversation, Place, State } from "./model";

/// The conversation that a place is, null as long as that is not known.
export function resolvePlace(state: State, place: Place): Conversation | null {
  if (!place.startsWith("@")) {
    return state.conversations.get(place) ?? null;
  }
  const opening = state.openings.get(place);
  return opening?.state === "open" ? (state.conversations.get(opening.conversation) ?? null) : null;
}
