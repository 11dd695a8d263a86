import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";
import { useWords } from "./context";
import { Icon } from "./Icons";

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/// A dialog, the browser's own: it keeps the focus, closes on Escape, and gives the focus back to
/// what opened it.
export function Dialog({ open, title, onClose, children }: Props) {
  const words = useWords();
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (open && element?.open === false) {
      element.showModal();
    } else if (!open && element?.open === true) {
      element.close();
    }
  }, [open]);
  useLayoutEffect(() => {
    // One that goes while it is open gives the focus back too, as long as it is there to do so.
    const element = dialog.current;
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={heading} onClose={onClose}>
      {open && (
        <>
          <header className="dialog-head">
            <h2 id={heading}>{title}</h2>
            <button
              type="button"
              className="quiet square"
              aria-label={words.close}
              onClick={onClose}
            >
              <Icon name="close" />
            </button>
          </header>
          {children}
        </>
      )}
    </dialog>
  );
}
