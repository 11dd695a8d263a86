// Installs what package-lock.json names, if that has changed since it was last installed.
import { execSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `The web client is built with Node.js 20.19 or newer, and this is ${process.versions.node}: install a newer one.`,
  );
  process.exit(1);
}

const installed = "node_modules/.package-lock.json";
const isCurrent =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs;
if (!isCurrent) {
  try {
    execSync("npm ci --include=dev --loglevel=error", { stdio: "inherit" });
  } catch {
    console.error(
      "npm could not install the web client's libraries: run 'npm ci' in web to see why.",
    );
    process.exit(1);
  }
}
