import { useCallback, useEffect, useState } from "react";
import type { Account, ExportProgress, Problem } from "../core";
import { useAgain } from "./again";
import { Confirm } from "./Confirm";
import { useApp, useLanguage, useWords } from "./context";
import { Dialog } from "./Dialog";
import { Part } from "./SettingsPart";
import { soonTime } from "./time";
import { problemText } from "./words";

/// How often it is asked how far an archive is, while somebody looks.
const LOOK_MILLIS = 1_500;

/// How often, after somebody has begun to fetch one: where nobody hears whether it arrived, it stays
/// for a while.
const FETCH_LOOKS = 20;

/// Everything that is held of one, to take along: asked for, gathered in the background, fetched once.
export function ExportPart({ account }: { readonly account: Account }) {
  const app = useApp();
  const words = useWords();
  const again = useAgain("export");
  const [isAsking, setAsking] = useState(again.open);
  const { progress, problem, look, isFetching, setFetching } = useProgress();
  const close = (): void => {
    setAsking(false);
    again.forget();
  };
  const ask = async (password: string | null): Promise<Problem | null> => {
    const answer = await app.commands.askExport(password);
    if (!answer.ok) {
      return answer.problem;
    }
    close();
    setFetching(false);
    await look();
    return null;
  };
  return (
    <Part title={words.yourData}>
      <p className="part-note">{words.exportMeans}</p>
      <div className="export" role="status">
        {progress !== null && (
          <Progress
            progress={progress}
            wasFetching={isFetching}
            onFetch={() => setFetching(true)}
          />
        )}
      </div>
      <p className="form-error" role="alert">
        {problem === null ? "" : problemText(words, problem)}
      </p>
      {(progress === null || !isUnderWay(progress)) && (
        <div className="form-end">
          <button type="button" className="secondary" onClick={() => setAsking(true)}>
            {progress?.state === "ready" ? words.exportAnother : words.exportAsk}
          </button>
        </div>
      )}
      <Dialog open={isAsking} title={words.exportTitle} onClose={close}>
        <Confirm
          account={account}
          purpose="export"
          again={again}
          submit={words.exportGather}
          act={ask}
          onClose={close}
        >
          <p>{words.exportHow}</p>
        </Confirm>
      </Dialog>
    </Part>
  );
}

function Progress(props: {
  readonly progress: ExportProgress;
  readonly wasFetching: boolean;
  readonly onFetch: () => void;
}) {
  const { progress } = props;
  const { state, done, total, parts, until, link } = progress;
  const words = useWords();
  const language = useLanguage();
  const when = until === undefined ? "" : soonTime(Date.parse(until), language);
  switch (state) {
    case "waiting":
      return (
        <>
          <p>{words.exportWaiting}</p>
          <progress aria-label={words.yourData} />
        </>
      );
    case "working":
      return (
        <>
          <p>{words.exportWorking(done, total)}</p>
          <progress aria-label={words.yourData} max={Math.max(1, total)} value={done} />
        </>
      );
    case "ready":
      return link === null ? (
        <p>{words.exportElsewhere(when)}</p>
      ) : (
        <>
          <p>{words.exportReady(when)}</p>
          {Array.from({ length: Math.max(1, parts) }, (_, i) => i + 1).map((part) => (
            <a
              key={part}
              className="primary"
              href={part === 1 ? link : `${link}?part=${part}`}
              download
              onClick={props.onFetch}
            >
              {parts > 1 ? words.exportSavePart(part, parts) : words.exportSave}
            </a>
          ))}
        </>
      );
    case "failed":
      return <p className="warning">{words.exportFailed}</p>;
    default:
      return props.wasFetching ? <p>{words.exportFetched}</p> : null;
  }
}

function isUnderWay({ state }: ExportProgress): boolean {
  return state === "waiting" || state === "working";
}

/// How far it is: asked for at the start, and then for as long as something is about to change.
function useProgress() {
  const app = useApp();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isFetching, setFetching] = useState(false);
  const look = useCallback(async (): Promise<void> => {
    const answer = await app.commands.exportProgress();
    if (answer.ok) {
      setProgress(answer.value);
    }
    setProblem(answer.ok ? null : answer.problem);
  }, [app]);
  const changes =
    progress === null || isUnderWay(progress) || (isFetching && progress.state === "ready");
  useEffect(() => {
    let isOver = false;
    let looks = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      if (document.visibilityState === "visible") {
        await look();
      }
      looks++;
      if (!isOver && changes && !(isFetching && looks >= FETCH_LOOKS)) {
        timer = setTimeout(() => void turn(), LOOK_MILLIS);
      }
    };
    if (changes) {
      void turn();
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [look, changes, isFetching]);
  return { progress, problem, look, isFetching, setFetching };
}
