/// The few signs that are drawn. They say nothing by themselves: whatever holds one has a name.

const paths = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4a2.2 2.2 0 1 0 0-4.4zM9 14.8v4.4a2.2 2.2 0 1 0 0-4.4z",
  keys: "M3.5 7.5h17v9h-17zM7 13.5h10M7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01",
  find: "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  send: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  copy: "M9 9V5h10v10h-4M5 9h10v10H5z",
  clock: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 8.5V12l2.5 1.5",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  alert: "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM12 8.5v4.5M12 15.8h.01",
  more: "M12 5.500h.01M12 12h.01M12 18.500h.01",
  edit: "M5 19l1-4L16.500 4.500l3 3L9 18zM14 7l3 3",
  undo: "M8 5L4 9l4 4M4 9h9a5 5 0 0 1 0 10H8",
  mute: "M6 16h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v3.500zM10 19h4M4 4l16 16",
  archive: "M4 5h16v4H4zM5.500 9v10h13V9M10 13h4",
  block: "M12 4.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM6.800 6.800l10.400 10.400",
  flag: "M6 20V5h11l-2 4 2 4H6",
  trash: "M5 7h14M9 7V4.500h6V7M6.500 7l1 12.500h9l1-12.500M10 10.500v5.500M14 10.500v5.500",
  eye: "M3 12c2-3.8 5.2-5.8 9-5.8s7 2 9 5.8c-2 3.8-5.2 5.8-9 5.8S5 15.800 3 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/// Two who speak: the sign of the house.
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="logo-one" d="M4 5h15a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H9l-5 4z" />
      <path className="logo-two" d="M28 12h-3v4a4 4 0 0 1-4 4h-9v1a3 3 0 0 0 3 3h8l5 4z" />
    </svg>
  );
}
