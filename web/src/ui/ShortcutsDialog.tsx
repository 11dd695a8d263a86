import { useWords } from "./context";
import { Dialog } from "./Dialog";

/// All shortcuts there are (`useShortcuts` has those of the page, composer and lists their own).
export function ShortcutsDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords();
  const keys: readonly (readonly [string, readonly string[]])[] = [
    [words.keyNext, ["Alt", "↓"]],
    [words.keyPrevious, ["Alt", "↑"]],
    [words.keyFind, ["/"]],
    [words.keyWrite, ["c"]],
    [words.keySend, ["Enter"]],
    [words.keyBreak, ["Shift", "Enter"]],
    [words.keyMessages, ["↑"]],
    [words.keyBack, ["Esc"]],
    [words.keyHelp, ["?"]],
  ];
  return (
    <Dialog {...props} title={words.shortcuts}>
      <dl className="keys">
        {keys.map(([what, held]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {held.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
