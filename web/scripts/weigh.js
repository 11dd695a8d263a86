// Fails when a first visit would load more JavaScript than it may. What index.html names is loaded
// at once; what is imported later, when somebody asks for it, is not counted.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const FIRST_LOAD_MAX = 150 * 1024;
const folder = "target/classes/parley/web";

const page = readFileSync(join(folder, "index.html"), "utf8");
const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1]);

// A module imports others at once too.
const all = new Set(named);
for (const file of all) {
  const code = readFileSync(join(folder, file), "utf8");
  for (const match of code.matchAll(
    /(?:^|[;}\s])(?:import|export)\b[^;"'()]*["']\.\/([^"']+\.js)["']/g,
  )) {
    all.add(`assets/${match[1]}`);
  }
}

let bytes = 0;
for (const file of all) {
  bytes += gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
}
console.log(
  `JavaScript on first load: ${(bytes / 1024).toFixed(1)} KB gzipped, in ${all.size} files`,
);
if (all.size === 0 || bytes > FIRST_LOAD_MAX) {
  console.error(
    all.size === 0
      ? "index.html loads no script: the build is not whole."
      : `That is more than ${FIRST_LOAD_MAX / 1024} KB: take something out, or import it when it is needed.`,
  );
  process.exit(1);
}
