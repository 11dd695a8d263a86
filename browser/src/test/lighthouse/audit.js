// Lighthouse on pages of a server that runs. Its one argument is JSON: where the browser is, which
// pages, how often each, which categories, and whom to sign in as first. Prints JSON: for each page
// the scores of each run, from 0 to 100, and what fell short.
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const { chromium, origin, pages, runs, categories, handle, password } = JSON.parse(
  process.argv[2],
);

// How long the browser may take to start, and a page to load, on a busy machine.
const PATIENCE_MILLIS = 120_000;

const browser = await puppeteer.launch({
  executablePath: chromium,
  // Its sandbox needs rights that containers and root do not have.
  args: ["--no-sandbox"],
  timeout: PATIENCE_MILLIS,
  protocolTimeout: 3 * PATIENCE_MILLIS,
});
try {
  const found = [];
  for (const path of pages.filter((it) => it.signedIn === false)) {
    found.push(await looked(path));
  }
  await signIn();
  for (const path of pages.filter((it) => it.signedIn !== false)) {
    found.push(await looked(path));
  }
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}

async function signIn() {
  const page = await browser.newPage();
  await page.goto(origin);
  const status = await page.evaluate(
    async (body) =>
      (
        await fetch("/api/sessions", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
        })
      ).status,
    { handle, password, transport: "cookie" },
  );
  if (status >= 300) {
    throw new Error(`signing in was answered ${status}`);
  }
  await page.close();
}

async function looked({ path, device }) {
  const scores = {};
  const short = new Set();
  for (let run = 0; run < runs; run++) {
    const page = await browser.newPage();
    const { lhr } = await lighthouse(
      origin + path,
      {
        onlyCategories: categories,
        disableStorageReset: true,
        maxWaitForFcp: PATIENCE_MILLIS,
        maxWaitForLoad: PATIENCE_MILLIS,
      },
      device === "desk" ? desktopConfig : undefined,
      page,
    );
    if (lhr.runtimeError) {
      throw new Error(`${path}: ${lhr.runtimeError.message}`);
    }
    for (const category of Object.values(lhr.categories)) {
      (scores[category.id] ??= []).push(Math.round(category.score * 100));
      for (const { id, weight } of category.auditRefs) {
        const { score, title } = lhr.audits[id];
        if (weight > 0 && score !== null && score < 1) {
          short.add(`${id}: ${title}`);
        }
      }
    }
    await page.close();
  }
  return { path, device, scores, short: [...short] };
}
