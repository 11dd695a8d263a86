import { lazy, Suspense, useState } from "react";
import type { ConversationId, Participant, Problem, Result, Row } from "../core";
import { useApp, useWords } from "./context";
import { Dialog } from "./Dialog";
import { Icon } from "./Icons";
import { type Anchor, around, Menu, type MenuItem } from "./Menu";
import { problemText } from "./words";

const RetentionDialog = lazy(() =>
  import("./RetentionDialog").then((it) => ({ default: it.RetentionDialog })),
);

interface Props {
  readonly id: ConversationId;
  readonly row: Row;
  readonly person: Participant | null;
  readonly name: string;
  readonly blocked: boolean;
  /// What is on the screen is no longer listed where it was.
  readonly onGone: () => void;
}

/// What one can decide about a conversation and whom it is with, for oneself alone.
export function ConversationMenu(props: Props) {
  const { id, row, person, blocked } = props;
  const app = useApp();
  const words = useWords();
  const [at, setAt] = useState<Anchor | null>(null);
  const [asked, setAsked] = useState<"delete" | "block" | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const settle = async (doing: Promise<Result<unknown>>): Promise<void> => {
    const result = await doing;
    setProblem(result.ok ? null : result.problem);
  };
  const { commands } = app;
  const isArchived = row.folder === "archive";
  const items: MenuItem[] = [
    {
      icon: "mute",
      label: row.muted ? words.unmute : words.mute,
      act: () => void settle(commands.mute(id, !row.muted)),
    },
  ];
  if (row.folder === "inbox" || isArchived) {
    items.push({
      icon: "archive",
      label: isArchived ? words.unarchive : words.toArchive,
      act: () => void settle(commands.moveTo(id, isArchived ? "inbox" : "archive")),
    });
  }
  if (row.last !== null && person?.handle !== undefined) {
    items.push({
      icon: "clock",
      label: words.retentionMenu(row.retentionDays),
      act: () => setKeeping(true),
    });
  }
  if (person?.handle !== undefined) {
    items.push({
      icon: "block",
      label: blocked ? words.unblock : words.block,
      act: () => (blocked ? void settle(commands.unblock(person.id)) : setAsked("block")),
    });
  }
  if (row.last !== null && row.last.seq > row.clearedSeq) {
    items.push({
      ...{ icon: "trash", label: words.deleteForMe, danger: true },
      act: () => setAsked("delete"),
    });
  }
  return (
    <>
      <button
        type="button"
        className="quiet square conversation-more"
        aria-label={words.conversationMenu}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => setAt(around(event.currentTarget))}
      >
        <Icon name="more" />
      </button>
      {at !== null && (
        <Menu label={words.conversationMenu} at={at} items={items} onClose={() => setAt(null)} />
      )}
      <Ask kind={asked} {...props} onClose={() => setAsked(null)} />
      {isKeeping && (
        <Suspense fallback={null}>
          <RetentionDialog
            id={id}
            days={row.retentionDays}
            name={props.name}
            onClose={() => setKeeping(false)}
          />
        </Suspense>
      )}
      <Dialog open={problem !== null} title={words.notDone} onClose={() => setProblem(null)}>
        <p role="alert">{problem === null ? "" : problemText(words, problem)}</p>
      </Dialog>
    </>
  );
}

/// Asks before a conversation is deleted, or somebody blocked.
export function Ask(
  props: Pick<Props, "id" | "person" | "name" | "onGone"> & {
    readonly kind: "delete" | "block" | null;
    readonly onClose: () => void;
  },
) {
  const { kind, id, person, name, onClose } = props;
  const app = useApp();
  const words = useWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const isBlock = kind === "block";
  const close = (): void => {
    setProblem(null);
    onClose();
  };
  const act = async (): Promise<void> => {
    const result = isBlock
      ? await app.commands.block(person?.id ?? "")
      : await app.commands.deleteConversation(id);
    if (!result.ok) {
      setProblem(result.problem);
      return;
    }
    close();
    if (!isBlock) {
      props.onGone();
    }
  };
  return (
    <Dialog
      open={kind !== null}
      title={isBlock ? words.blockQuestion(name) : words.deleteQuestion}
      onClose={close}
    >
      <p>{isBlock ? words.blockMeans : words.deleteMeans(name)}</p>
      <p className="form-error" role="alert">
        {problem === null ? "" : problemText(words, problem)}
      </p>
      <div className="dialog-end">
        <button type="button" className="secondary" onClick={close}>
          {words.cancel}
        </button>
        <button type="button" className="primary danger" onClick={() => void act()}>
          {isBlock ? words.block : words.deleteForMe}
        </button>
      </div>
    </Dialog>
  );
}
