/// How often something random is tried: PARLEY_RUNS says so, if anybody does.
export function runs(usual: number): number {
  const asked = Number(process.env["PARLEY_RUNS"]);
  return asked > 0 ? asked : usual;
}
