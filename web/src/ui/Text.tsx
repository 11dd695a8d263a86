import { LinkifyIt } from "linkify-it";
import { Fragment, type ReactNode, useMemo } from "react";

/// Addresses of the web and of mail, written out or not. Nothing else is a link, whatever it is
/// called.
const finder = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })
  .add("ftp:", null)
  .add("//", null);

const SAFE = /^(?:https?:\/\/|mailto:)/iu;

/// A text exactly as it is stored: its line breaks, and its addresses as links. Never HTML.
/// Its links are stops of the Tab key while the message has the focus.
export function Text({ text, tabbed }: { readonly text: string; readonly tabbed: boolean }) {
  return useMemo(() => parts(text, tabbed), [text, tabbed]);
}

function parts(text: string, tabbed: boolean): ReactNode {
  const found = finder.match(text) ?? [];
  if (found.length === 0) {
    return text;
  }
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const { index, lastIndex, raw, url } of found) {
    nodes.push(text.slice(at, index));
    nodes.push(
      SAFE.test(url) ? (
        <a
          key={index}
          href={url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          tabIndex={tabbed ? 0 : -1}
        >
          {raw}
        </a>
      ) : (
        <Fragment key={index}>{raw}</Fragment>
      ),
    );
    at = lastIndex;
  }
  nodes.push(text.slice(at));
  return nodes;
}
