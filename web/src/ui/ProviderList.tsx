import { useAppState, useWords } from "./context";

/// The identity providers that one can sign in with here, and what went wrong with the last one.
export function ProviderList() {
  const words = useWords();
  const providers = useAppState((state) => state.config?.providers) ?? [];
  const failed = new URLSearchParams(location.search).get("failed");
  return (
    <>
      {failed !== null && (
        <p className="notice" role="alert">
          {words.providerFailed(failed)}
        </p>
      )}
      {providers.length > 0 && (
        <ul className="providers">
          {providers.map((provider) => (
            <li key={provider.path}>
              <a className="demo-person" href={provider.path}>
                <strong>{words.signInWith(provider.name)}</strong>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
