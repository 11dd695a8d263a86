/// Somebody who comes back from their identity provider, where they showed once more who they are.
import { useLocation, useSearch } from "wouter";

/// What it was for.
export type Purpose = "export" | "erasure";

/// What the address says of it. `done` says that they come with a sign-in of a moment ago.
export interface Again {
  readonly open: boolean;
  readonly done: boolean;
  /// Why it came to nothing.
  readonly failed: string | null;
  /// Whatever the address said is over.
  readonly forget: () => void;
}

export function useAgain(purpose: Purpose): Again {
  const search = new URLSearchParams(useSearch());
  const [path, navigate] = useLocation();
  const isIt = search.get("again") === purpose;
  const failed = isIt ? search.get("failed") : null;
  return {
    open: isIt,
    done: isIt && failed === null,
    failed,
    forget: () => isIt && navigate(path, { replace: true }),
  };
}
