// How fast the web client is, on a server that runs: Lighthouse's performance, long tasks while one
// scrolls, and how soon a conversation is there that was read before. Its one argument is JSON: where
// the browser is, the server, how often. Prints Markdown.
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const { chromium, origin, runs, messages } = JSON.parse(process.argv[2]);
const password = "rowing at dawn, in the fog";

async function call(method, path, token, body) {
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

function clientId() {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

async function fill() {
  const [ann, ben] = await Promise.all(
    ["Ann", "Ben"].map((displayName) => {
      const handle = `${displayName.toLowerCase()}_${Date.now().toString(36)}`;
      return call("POST", "/accounts", null, { handle, displayName, password });
    }),
  );
  const { id } = await call("POST", "/conversations", ann.token, {
    participants: [ben.account.handle],
  });
  for (let i = 1; i <= messages; i++) {
    const token = i % 3 === 0 ? ann.token : ben.token;
    const text = `${i} ${"A message of ordinary length. ".repeat(1 + (i % 5))}`;
    await call("POST", `/conversations/${id}/messages`, token, { clientId: clientId(), text });
  }
  return { handle: ann.account.handle, id };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const range = (numbers) => `${Math.min(...numbers)} to ${Math.max(...numbers)}`;

async function performanceOf(browser, path, device) {
  const scores = [];
  const paints = [];
  for (let run = 0; run < runs; run++) {
    const page = await browser.newPage();
    const { lhr } = await lighthouse(
      origin + path,
      { onlyCategories: ["performance"] },
      device === "desk" ? desktopConfig : undefined,
      page,
    );
    if (lhr.runtimeError) {
      throw new Error(`${path}: ${lhr.runtimeError.message}`);
    }
    scores.push(Math.round(lhr.categories.performance.score * 100));
    paints.push(Math.round(lhr.audits["largest-contentful-paint"].numericValue));
    await page.close();
  }
  return { scores, paints };
}

async function signIn(browser, handle) {
  const page = await browser.newPage();
  await page.goto(origin);
  await page.evaluate(
    (body) =>
      fetch("/api/sessions", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    { handle, password, transport: "cookie" },
  );
  await page.close();
}

/// Scrolls up through the messages, a step a frame, for a while.
async function scrolling(browser, id) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${origin}/c/${id}`);
  await page.waitForSelector("[role=log] article");
  await new Promise((go) => setTimeout(go, 1000));
  const found = await page.evaluate(async () => {
    const tasks = [];
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((it) => it.duration)),
    ).observe({ type: "longtask" });
    const log = document.querySelector("[role=log]");
    const times = [];
    const until = performance.now() + 8000;
    for (let before = performance.now(); before < until; ) {
      log.scrollTop -= 120;
      const now = await new Promise((go) => requestAnimationFrame(go));
      times.push(now - before);
      before = now;
    }
    return { tasks, frames: times.length, nodes: document.querySelectorAll("*").length };
  });
  await page.close();
  return found;
}

/// From the click on a conversation that was read before until its lines are painted.
async function cached(browser, id) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${origin}/c/${id}`);
  await page.waitForSelector("[role=log] article");
  const times = [];
  for (let run = 0; run < runs; run++) {
    await page.click('a[href="/settings"]');
    await page.waitForSelector(".settings");
    times.push(
      await page.evaluate(async (path) => {
        const begun = performance.now();
        document.querySelector(`a[href="${path}"]`).click();
        for (;;) {
          await new Promise((go) => requestAnimationFrame(go));
          if (document.querySelector("[role=log] article") !== null) {
            break;
          }
        }
        // Painted, and not only made.
        await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
        return Math.round(performance.now() - begun);
      }, `/c/${id}`),
    );
  }
  await page.close();
  return times;
}

const { handle, id } = await fill();
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
try {
  console.log(`\n## Lighthouse's performance, of ${runs}\n`);
  console.log("| page | median | range | largest paint, median ms |\n|---|---|---|---|");
  const row = ({ scores, paints }, name) =>
    console.log(`| ${name} | ${median(scores)} | ${range(scores)} | ${median(paints)} |`);
  row(await performanceOf(browser, "/", "phone"), "sign-in, phone with slow network");
  row(await performanceOf(browser, "/", "desk"), "sign-in, desk");
  await signIn(browser, handle);
  row(await performanceOf(browser, `/c/${id}`, "phone"), "conversation, phone with slow network");
  row(await performanceOf(browser, `/c/${id}`, "desk"), "conversation, desk");
  const { tasks, frames, nodes } = await scrolling(browser, id);
  const times = await cached(browser, id);
  console.log(`\n## In a conversation of ${messages} messages\n\n| what | |\n|---|---|`);
  console.log(`| frames in 8 seconds of scrolling up | ${frames} |`);
  console.log(`| tasks over 50 ms meanwhile | ${tasks.length} |`);
  console.log(`| the longest, ms | ${Math.round(Math.max(0, ...tasks))} |`);
  console.log(`| DOM nodes afterwards | ${nodes} |`);
  console.log(`| opening it again to its lines, median ms | ${median(times)} (${range(times)}) |`);
} finally {
  await browser.close();
}
