/// Where the page for operators begins.
import { createRoot } from "react-dom/client";
import { change, startPreferences } from "../ui/preferences";
import { Inspect } from "./Inspect";
import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/controls.css";
import "./inspect.css";
import "./panes.css";

const root = document.getElementById("root");
if (root === null) {
  throw new Error("the page has no place for what it shows");
}
startPreferences();
// The only language of this page, for what it shares with the client too.
change({ language: "en" });
createRoot(root).render(<Inspect />);
