import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { Icon, type IconName } from "./Icons";

/// Where a menu opens: at a point, or below what has it.
export interface Anchor {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface MenuItem {
  readonly icon: IconName;
  readonly label: ReactNode;
  readonly danger?: boolean;
  readonly act: () => void;
}

/// How close to the edge of the window it comes.
const EDGE_PX = 8;

/// A menu that is open. Arrows move in it; Escape, Tab and a click beside it close it, and the focus
/// goes back to where it was.
export function Menu(props: {
  readonly label: string;
  readonly at: Anchor;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}) {
  const { at, items, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  const closing = useRef(onClose);
  useLayoutEffect(() => {
    closing.current = onClose;
  });
  useLayoutEffect(() => {
    const element = menu.current;
    if (element === null) {
      return;
    }
    const before = document.activeElement;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - width - EDGE_PX);
    const isRoomBelow = at.bottom + height + EDGE_PX <= innerHeight;
    const top = isRoomBelow ? at.bottom : Math.max(EDGE_PX, at.top - height);
    element.style.left = `${Math.max(EDGE_PX, left)}px`;
    element.style.top = `${top}px`;
    element.querySelector("button")?.focus({ preventScroll: true });
    // By itself a browser would take the right button for a click beside it as soon as it is let go.
    const beside = (event: Event): void => {
      if (event.target instanceof Node && !element.contains(event.target)) {
        closing.current();
      }
    };
    addEventListener("scroll", beside, { capture: true, passive: true });
    addEventListener("pointerdown", beside, { capture: true });
    return () => {
      removeEventListener("scroll", beside, { capture: true });
      removeEventListener("pointerdown", beside, { capture: true });
      const isLost = document.activeElement === null || document.activeElement === document.body;
      const isHere = element.contains(document.activeElement);
      if ((isHere || isLost) && before instanceof HTMLElement) {
        before.focus({ preventScroll: true });
      }
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- it stays where it opened
  }, []);
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    const all = [...(menu.current?.querySelectorAll("button") ?? [])];
    const index = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = {
      ArrowDown: (index + 1) % all.length,
      ArrowUp: (index - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      tabIndex={-1}
      className="menu"
      aria-label={props.label}
      onKeyDown={onKey}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {items.map(({ icon, label, danger, act }) => (
        <button
          key={icon}
          type="button"
          role="menuitem"
          className={danger === true ? "danger" : undefined}
          onClick={() => {
            // Closed first: what it opens takes the focus after it went back.
            onClose();
            setTimeout(act);
          }}
        >
          <Icon name={icon} />
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}

/// Around an element, as a menu's place.
export function around(element: Element): Anchor {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
}
