import { Dialog } from "../ui/Dialog";
import { Entity } from "./Entity";
import { shown } from "./entities";
import type { Design } from "./model";
import type { Cell } from "./state";
import { bytes, words } from "./words";

interface Props {
  readonly cell: Cell | null;
  readonly design: Design;
  readonly onClose: () => void;
}

/// One item, whole.
export function ItemDialog({ cell, design, onClose }: Props) {
  const item = cell?.item ?? null;
  const facts = design.entities.find((it) => it.name === item?.entity);
  return (
    <Dialog open={cell !== null} title={words.item} onClose={onClose}>
      {cell !== null && (
        <div className="item">
          <p className="item-key">
            <code>{cell.pk}</code> <code>{cell.sk}</code>
          </p>
          {item === null ? (
            <p className="soft">
              {cell.mark === "missing" ? `${words.missing}.` : `${words.keyOnly}.`}
            </p>
          ) : (
            <>
              <p>
                <Entity design={design} entity={item.entity} /> {bytes(item.bytes)}
              </p>
              {facts !== undefined && <p className="soft small-text">{facts.holds}</p>}
              <table className="attributes">
                <thead>
                  <tr>
                    <th scope="col">{words.attribute}</th>
                    <th scope="col">{words.value}</th>
                  </tr>
                </thead>
                <tbody>
                  {item.attributes.map((it) => (
                    <tr key={it.name}>
                      <th scope="row">
                        {it.name} <span className="soft">{it.type}</span>
                      </th>
                      <td>
                        {it.hidden === null ? shown(it) : <em className="soft">{shown(it)}</em>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}
