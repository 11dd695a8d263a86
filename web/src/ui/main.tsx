/// Where the client begins.
import { createRoot } from "react-dom/client";
import { browserEnvironment, createApp } from "../core";
import { App } from "./App";
import { startClock } from "./now";
import { startPreferences } from "./preferences";
import { startServiceWorker } from "./serviceWorker";
import "./tokens.css";
import "./base.css";
import "./controls.css";
import "./inbox.css";
import "./conversation.css";
import "./menu.css";
import "./screens.css";
import "./leaving.css";

const root = document.getElementById("root");
if (root === null) {
  throw new Error("the page has no place for the client");
}
startPreferences();
startClock();
createRoot(root).render(<App app={createApp(browserEnvironment())} />);
if (import.meta.env.PROD) {
  startServiceWorker();
}
