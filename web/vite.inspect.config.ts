import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Where `npm run dev:inspect` finds the operator's side.
const server = process.env["PARLEY_OPERATOR"] ?? "http://localhost:8081";

/// The page that shows operators the table. It is built apart from the client: nobody but the
/// operator's listener serves it, and the client does not grow by it.
export default defineConfig(({ command }) => ({
  root: "src/inspect",
  base: "/inspect/",
  publicDir: command === "serve" ? "../../public" : false,
  plugins: [
    react(),
    {
      name: "files-of-the-client",
      generateBundle() {
        for (const fileName of ["theme.js", "icon.svg"]) {
          this.emitFile({ type: "asset", fileName, source: readFileSync(`public/${fileName}`) });
        }
      },
    },
  ],
  build: {
    outDir: "../../target/classes/parley/inspect",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2024",
  },
  server: { proxy: { "/operator": { target: server } } },
}));
