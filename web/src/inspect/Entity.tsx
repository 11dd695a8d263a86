import type { CSSProperties } from "react";
import { hueOf, labelOf } from "./entities";
import type { Design } from "./model";

/// The colour of an entity, for whatever is inside.
export function tinted(entity: string | null): CSSProperties {
  return { "--hue": hueOf(entity) } as CSSProperties;
}

/// An entity's name, in its colour.
export function Entity({
  design,
  entity,
}: {
  readonly design: Design;
  readonly entity: string | null;
}) {
  return (
    <span className="entity" style={tinted(entity)}>
      {labelOf(design, entity)}
    </span>
  );
}
