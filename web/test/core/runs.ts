/// How often something random is tried: so often, and always the same, or as often as PARLEY_RUNS
/// says, and then with other chances each time. What fails prints its seed.
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const asked = Number(process.env["PARLEY_RUNS"]);
  return asked > 0 ? { numRuns: asked } : { numRuns: usual, seed: 1 };
}
