import type { Participant } from "../core";

/// The initials of a person on a colour that is theirs wherever they appear. It repeats the name
/// that stands beside it, so it says nothing to those who listen.
export function Avatar({ person }: { readonly person: Participant }) {
  const style: Record<string, string> = { "--hue": String(hue(person.id)) };
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials(person)}
    </span>
  );
}

function initials({ displayName, handle }: Participant): string {
  const name = (displayName ?? handle ?? "").trim();
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => /[\p{L}\p{N}]/u.exec(word ?? "")?.[0] ?? "")
    .join("");
  return letters === "" ? (Array.from(name)[0] ?? "·") : letters.toLocaleUpperCase();
}

/// Of sixteen, so that neighbours differ.
function hue(id: string): number {
  let hash = 7;
  for (const character of id) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  }
  return ((((hash >>> 8) % 16) + 16) * 22.5) % 360;
}
