/// Moving among messages without a mouse. The list hears of it by an event, since it alone knows
/// messages that are too far away to be on the page.

const TO_LAST = "parley-last-message";

export function focusLastMessage(): void {
  document.querySelector(".messages")?.dispatchEvent(new Event(TO_LAST));
}

export function onFocusLast(list: HTMLElement, act: () => void): () => void {
  list.addEventListener(TO_LAST, act);
  return () => list.removeEventListener(TO_LAST, act);
}
