/// Closes a run with the line that Maven's own tests close with, so that whoever adds them up finds
/// these too.
import type { Reporter, TestModule } from "vitest/node";

export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let run = 0;
    let failed = 0;
    let skipped = 0;
    let broken = 0;
    for (const module of modules) {
      broken += module.errors().length;
      for (const test of module.children.allTests()) {
        run++;
        const { state } = test.result();
        failed += state === "failed" ? 1 : 0;
        skipped += state === "skipped" ? 1 : 0;
      }
    }
    console.log(
      `[INFO] Tests run: ${run}, Failures: ${failed}, Errors: ${broken}, Skipped: ${skipped}`,
    );
  }
}
