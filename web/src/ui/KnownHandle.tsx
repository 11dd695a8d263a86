/// Says to whatever keeps passwords whose it is, where that is not asked for.
export function KnownHandle({ handle }: { readonly handle: string }) {
  return (
    <input type="text" name="username" autoComplete="username" value={handle} readOnly hidden />
  );
}
