// Before the first paint: the theme that was chosen, so that no other one flashes up. Small, and
// apart from all else, since the page waits for it.
try {
  const { theme } = JSON.parse(localStorage.getItem("parley.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Then it is as the system has it.
}
