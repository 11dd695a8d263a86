import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

export default defineConfig(
  { ignores: ["target/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.ts"] } } },
    rules: {
      "max-lines": ["error", 400],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["src/**/*.tsx"],
    extends: [hooks.configs.flat["recommended-latest"], a11y.flatConfigs.strict],
  },
  {
    // The core knows no screens, and takes what it needs of the browser from its environment.
    files: ["src/core/**/*.ts"],
    ignores: ["src/core/environment.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["react*", "*/ui/*"] }],
      "no-restricted-globals": [
        "error",
        ...["window", "document", "navigator", "fetch", "WebSocket", "indexedDB", "localStorage"],
        ...["BroadcastChannel", "setTimeout", "setInterval", "performance", "crypto"],
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Time comes from the environment." },
        { object: "Math", property: "random", message: "Chance comes from the environment." },
      ],
    },
  },
  {
    files: ["scripts/**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly" } },
  },
  {
    // Served as they stand, to pages and to the service worker.
    files: ["public/**/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: Object.fromEntries(
        [
          ...["self", "caches", "clients", "fetch", "location", "document", "localStorage"],
          ...["matchMedia", "URL", "Request", "Response", "AbortSignal", "setTimeout"],
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
