import { useState } from "react";
import type { Problem } from "../core/model";
import { Logo } from "../ui/Icons";
import type { InspectApi } from "./api";
import { Charts } from "./Charts";
import { Grid } from "./Grid";
import { IndexPane } from "./IndexPane";
import { ItemDialog } from "./ItemDialog";
import { Live } from "./Live";
import { peopleOf, talksOf } from "./known";
import type { About } from "./model";
import { Newest, Suggestions } from "./Newest";
import { Patterns } from "./Patterns";
import { RunResult } from "./RunResult";
import { type Cell, indexOf, rowsOf } from "./state";
import { Tabs } from "./Tabs";
import { ThemeChoice } from "./ThemeChoice";
import { useTable } from "./useTable";
import { useWide } from "./useWide";
import { words } from "./words";

interface Props {
  readonly api: InspectApi;
  readonly about: About;
  readonly onLeave: (problem: Problem | null) => void;
}

export type Pane = "table" | "patterns" | "live" | "charts";

/// All that a token opens: the table, and what can be asked of it.
export function Desk({ api, about, onLeave }: Props) {
  const [state, commands] = useTable(api, about, onLeave);
  const [pane, setPane] = useState<Pane>("table");
  const [item, setItem] = useState<Cell | null>(null);
  const [of, setOf] = useState("");
  const wide = useWide();
  const { design } = about;
  const { run } = state;
  // At a desk the table is always there, and so is what changes; beside them stands one of the others.
  const chosen: Pane = wide && (pane === "table" || pane === "live") ? "patterns" : pane;
  const open = (pk: string): void => {
    commands.look({ kind: "collection", of: pk, ascending: false });
    if (!wide) {
      setPane("table");
    }
  };
  return (
    <div className="inspect" data-pane={chosen}>
      <header className="inspect-head">
        <Logo />
        <h1>{words.tableOf(design.table)}</h1>
        <form
          role="search"
          className="inspect-find"
          onSubmit={(event) => {
            event.preventDefault();
            if (of.trim() !== "") {
              open(of.trim());
            }
          }}
        >
          <input
            aria-label={words.find}
            placeholder={words.find}
            list="known"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={200}
            value={of}
            onChange={(event) => setOf(event.target.value)}
          />
          <Suggestions id="known" offers={[...peopleOf(state.known), ...talksOf(state.known)]} />
          <button type="submit" className="secondary">
            {words.findButton}
          </button>
        </form>
        <div className="inspect-settings">
          {about.scopes.includes("texts") && (
            <label className="switch" title={words.textsHint}>
              <input
                type="checkbox"
                checked={state.texts}
                onChange={(event) => commands.showTexts(event.target.checked)}
              />
              {words.texts}
            </label>
          )}
          <ThemeChoice />
          <button type="button" className="secondary" onClick={() => onLeave(null)}>
            {words.leave}
          </button>
        </div>
      </header>
      <nav className="inspect-tabs" aria-label={words.parts}>
        <Tabs chosen={chosen} wide={wide} onChoose={setPane} />
      </nav>
      <main className="inspect-main">
        <div className="inspect-table">
          <RunResult run={run} problem={state.runProblem} onClose={commands.closeRun} />
          {state.view.kind === "table" && <Newest known={state.known} onOpen={open} />}
          <div className="inspect-drawing">
            <Grid
              state={state}
              design={design}
              rows={rowsOf(state)}
              onLook={commands.look}
              onOpen={open}
              onItem={(cell) => {
                setItem(cell);
                commands.pick(cell.pk, cell.sk);
              }}
            />
            <IndexPane
              design={design}
              rows={indexOf(state)}
              goesOn={state.indexGoesOn}
              read={run?.touched.some((it) => it.inIndex) ?? false}
              onOpen={open}
            />
          </div>
        </div>
        <div className="inspect-side">
          {chosen === "patterns" && (
            <Patterns
              design={design}
              given={state.given}
              known={state.known}
              running={state.running}
              onGive={commands.give}
              onRun={(pattern, args) => {
                commands.run(pattern, args);
                if (!wide) {
                  // What it touches is behind this form.
                  setPane("table");
                }
              }}
            />
          )}
          {chosen === "charts" && <Charts api={api} design={design} />}
        </div>
        {(wide || chosen === "live") && (
          <div className="inspect-live">
            <Live
              design={design}
              changes={state.changes}
              paused={state.paused}
              away={state.away}
              onPause={commands.pause}
              onOpen={open}
            />
          </div>
        )}
      </main>
      <ItemDialog cell={item} design={design} onClose={() => setItem(null)} />
    </div>
  );
}
