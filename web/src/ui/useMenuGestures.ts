/// The ways to a message's menu: the right button, a long press, and the keys for it.
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef } from "react";
import { type Anchor, around } from "./Menu";

const LONG_PRESS_MILLIS = 450;

/// A finger that moves further than this scrolls.
const STILL_PX = 10;

export function useMenuGestures(open: (at: Anchor) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const letGo = (): void => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  return {
    onContextMenu: (event: MouseEvent<HTMLElement>): void => {
      const isLink = event.target instanceof Element && event.target.closest("a") !== null;
      const isSelected = getSelection()?.isCollapsed === false;
      if (isLink || isSelected) {
        // The browser's own menu does more with these.
        return;
      }
      event.preventDefault();
      const isByKey = event.clientX === 0 && event.clientY === 0;
      open(isByKey || isOnItself(event) ? bubbleOf(event.currentTarget) : pointOf(event));
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      const isMenuKey = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
      if (isMenuKey || (event.key === "Enter" && event.target === event.currentTarget)) {
        event.preventDefault();
        open(bubbleOf(event.currentTarget));
      }
    },
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      letGo();
      const isLink = event.target instanceof Element && event.target.closest("a, button") !== null;
      if (event.pointerType !== "mouse" && !isLink) {
        const at = bubbleOf(event.currentTarget);
        const timer = setTimeout(() => open(at), LONG_PRESS_MILLIS);
        press.current = { timer, x: event.clientX, y: event.clientY };
      }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const from = press.current;
      if (from !== null && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) {
        letGo();
      }
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}

/// By the keyboard, the menu opens for what has the focus.
function isOnItself(event: MouseEvent<HTMLElement>): boolean {
  return event.button !== 2 && event.target === event.currentTarget;
}

function bubbleOf(message: HTMLElement): Anchor {
  return around(message.querySelector(".bubble") ?? message);
}

function pointOf({ clientX, clientY }: MouseEvent): Anchor {
  return { left: clientX, right: clientX, top: clientY, bottom: clientY };
}
