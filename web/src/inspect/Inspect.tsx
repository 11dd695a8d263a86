import { useCallback, useEffect, useState } from "react";
import type { Problem } from "../core/model";
import { InspectApi } from "./api";
import { Desk } from "./Desk";
import type { About } from "./model";
import { forgetToken, keepToken, keptToken } from "./token";
import { TokenForm } from "./TokenForm";

type Phase =
  | { readonly kind: "asking"; readonly problem: Problem | null }
  | { readonly kind: "trying"; readonly token: string }
  | { readonly kind: "in"; readonly api: InspectApi; readonly about: About };

function begun(): Phase {
  const token = keptToken();
  return token === null ? { kind: "asking", problem: null } : { kind: "trying", token };
}

/// The whole page: a question for a token, and what it opens.
export function Inspect() {
  const [phase, setPhase] = useState<Phase>(begun);
  const tried = phase.kind === "trying" ? phase.token : null;
  useEffect(() => {
    if (tried === null) {
      return;
    }
    let wanted = true;
    const api = new InspectApi(tried);
    void api.about().then((answer) => {
      if (!wanted) {
        return;
      }
      if (answer.ok) {
        keepToken(tried);
        setPhase({ kind: "in", api, about: answer.value });
      } else {
        forgetToken();
        setPhase({ kind: "asking", problem: answer.problem });
      }
    });
    return () => {
      wanted = false;
    };
  }, [tried]);
  const leave = useCallback((problem: Problem | null) => {
    forgetToken();
    setPhase({ kind: "asking", problem });
  }, []);
  return phase.kind === "in" ? (
    <Desk api={phase.api} about={phase.about} onLeave={leave} />
  ) : (
    <TokenForm
      busy={phase.kind === "trying"}
      problem={phase.kind === "asking" ? phase.problem : null}
      onToken={(token) => setPhase({ kind: "trying", token })}
    />
  );
}
