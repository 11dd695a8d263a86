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
  eye: "M3 12c2-3.8 5.2-5.8 9-5.8s7 2 9 5.8c-2 3.8-5.2 5.8-9 5.8S5 15.800 3 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
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
