/// A UUID of version 7 (RFC 9562) with the given time: what a message is known by.
export function uuid7(millis: number, random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  const time = Math.floor(millis);
  for (let i = 0; i < 6; i++) {
    bytes[i] = Math.floor(time / 2 ** (8 * (5 - i))) % 256;
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}

/// The time in it, in milliseconds.
export function timeOf(uuid: string): number {
  return parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
