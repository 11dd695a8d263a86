// Opens the client when there is no network. It keeps the page and the files that the page names,
// all of one version, and never anything of the API: what people wrote is kept elsewhere, by
// account, and forgotten at sign-out.

const CACHE = "parley-client-1";
const FILES = "/files.json";
const PATIENCE_MILLIS = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepVersion().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((it) => it !== CACHE).map((it) => caches.delete(it))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (request.mode === "navigate" && !/^\/(api|health|openapi\.json)/.test(url.pathname)) {
    event.respondWith(page(event));
  } else if (url.pathname.startsWith("/assets/") || isKept(url.pathname)) {
    event.respondWith(file(request, url));
  }
});

// Somebody chose a notification: the window that is there, else a new one.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data?.open ?? "/";
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((windows) => {
      const window = windows[0];
      if (window === undefined) {
        return self.clients.openWindow(path);
      }
      window.postMessage({ open: path });
      return window.focus();
    }),
  );
});

function isKept(path) {
  return ["/theme.js", "/icon.svg", "/icon-unread.svg", "/manifest.webmanifest"].includes(path);
}

// The page from the network, so that it is never old; from here when the network does not answer.
async function page(event) {
  try {
    const response = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE_MILLIS) });
    if (response.ok) {
      event.waitUntil(keepVersion().catch(() => undefined));
    }
    return response;
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match("/");
    if (kept === undefined) {
      throw error;
    }
    return kept;
  }
}

// A file with a hash never changes; the few others are asked for first.
async function file(request, url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url.pathname);
  if (kept !== undefined && url.pathname.startsWith("/assets/")) {
    return kept;
  }
  try {
    return await fetch(request);
  } catch (error) {
    if (kept === undefined) {
      throw error;
    }
    return kept;
  }
}

// Keeps the version that the server has now: first all of its files, then the page that names them,
// then nothing else. So what is here always fits together.
async function keepVersion() {
  const [index, list] = await Promise.all([fetched("/"), fetched(FILES)]);
  const named = Object.values(await list.json()).flatMap((it) => [
    it.file,
    ...(it.css ?? []),
    ...(it.assets ?? []),
  ]);
  const assets = [...new Set(named)].filter((it) => it.startsWith("assets/")).map((it) => `/${it}`);
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map((it) => new URL(it.url).pathname));
  const missing = assets.filter((it) => !kept.has(it));
  const others = ["/theme.js", "/icon.svg", "/icon-unread.svg", "/manifest.webmanifest"];
  await cache.addAll([...missing, ...others]);
  await cache.put("/", index);
  const all = new Set(["/", ...assets, ...others]);
  await Promise.all([...kept].filter((it) => !all.has(it)).map((it) => cache.delete(it)));
}

async function fetched(path) {
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`${path} was answered ${response.status}`);
  }
  return response;
}
