import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where `npm run dev` finds the API: a server that runs beside it.
const server = process.env["PARLEY_SERVER"] ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    // On the class path as parley/web/, next to the classes of the other rooms.
    outDir: "target/classes/parley/web",
    emptyOutDir: true,
    // What the security policy allows: files of this server, nothing inside the page.
    assetsInlineLimit: 0,
    // The names of all files, for the service worker.
    manifest: "files.json",
    modulePreload: { polyfill: false },
    target: "es2024",
  },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
      "/openapi.json": { target: server },
    },
  },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/server/**"],
    reporters: ["dot", "./test/totals.ts"],
    // For a busy machine: what is tested waits for nothing in real time.
    testTimeout: 600_000,
  },
});
