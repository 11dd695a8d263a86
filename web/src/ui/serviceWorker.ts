/// The service worker, which opens the client when there is no network (`public/sw.js`).

const SCRIPT = "/sw.js";

/// The security policy lets no text become the address of a script but by this name, and this name
/// gives out one address.
interface TrustedTypes {
  createPolicy(
    name: "parley",
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

export function startServiceWorker(): void {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy("parley", {
    createScriptURL: (url) => {
      if (url !== SCRIPT) {
        throw new TypeError("there is one service worker");
      }
      return url;
    },
  });
  addEventListener("load", () => {
    navigator.serviceWorker.register(policy?.createScriptURL(SCRIPT) ?? SCRIPT).catch(() => {
      // Without it everything works but opening the page offline: private windows, for one.
    });
  });
}
