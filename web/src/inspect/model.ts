/// What the operator's side tells of the table. The names are the server's.

export interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly value: string | null;
  /// How long a value is that is hidden, in characters.
  readonly hidden: number | null;
}

export interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly entity: string | null;
  readonly place: string | null;
  readonly bytes: number;
  readonly attributes: readonly Attribute[];
}

export interface Collection {
  readonly pk: string;
  readonly items: readonly Item[];
  readonly more: boolean;
}

export interface Place {
  readonly pk: string;
  readonly sk: string;
  readonly place: string;
}

export interface Page {
  readonly collections: readonly Collection[];
  readonly next: string | null;
  readonly units: number;
}

export interface Opened {
  readonly collection: Collection;
  readonly index: readonly Place[];
  readonly indexGoesOn: boolean;
  readonly next: string | null;
  readonly units: number;
}

export interface EntityFacts {
  readonly name: string;
  readonly label: string;
  readonly pk: string;
  readonly sk: string;
  readonly holds: string;
  readonly patterns: readonly string[];
}

export interface Pattern {
  readonly number: number;
  readonly name: string;
  readonly entity: string;
  readonly request: string;
  readonly sentence: string;
  readonly keys: readonly string[];
  readonly index: string;
  readonly condition: string;
  readonly consistency: string;
  readonly arguments: readonly string[];
}

export interface Design {
  readonly table: string;
  readonly index: string;
  readonly indexKey: string;
  readonly entities: readonly EntityFacts[];
  readonly patterns: readonly Pattern[];
  readonly prices: string;
}

export interface About {
  readonly scopes: readonly string[];
  readonly design: Design;
}

export interface Asked {
  readonly operation: string;
  readonly key: string;
  readonly request: unknown;
  readonly refused: boolean;
  readonly ms: number;
  readonly evaluated: number;
  readonly returned: number;
}

export interface Touched {
  readonly pk: string;
  readonly sk: string;
  readonly there: boolean;
  readonly inIndex: boolean;
  readonly written: boolean;
  readonly item: Item | null;
}

export interface Run {
  readonly pattern: Pattern;
  readonly write: boolean;
  readonly requests: readonly Asked[];
  readonly touched: readonly Touched[];
  readonly touchedMore: boolean;
  readonly evaluated: number;
  readonly returned: number;
  readonly ms: number;
  readonly measured: string;
  readonly predicted: string;
  readonly design: string;
  readonly price: string;
}

export interface Change {
  readonly number: number;
  readonly at: string;
  readonly late: number;
  readonly gone: boolean;
  readonly entity: string | null;
  readonly pk: string;
  readonly sk: string;
}

export interface Changes {
  readonly items: readonly Change[];
  readonly last: number;
  readonly missed: boolean;
}

export interface PatternUnits {
  readonly pattern: string;
  readonly requests: number;
  readonly refused: number;
  readonly units: number;
}

export interface Consumed {
  readonly oneIn: number;
  readonly patterns: readonly PatternUnits[];
}

export interface Weight {
  readonly entity: string | null;
  readonly items: number;
  readonly bytes: number;
  readonly inIndex: number;
  readonly indexBytes: number;
}

export interface Weighing {
  readonly state: "none" | "running" | "done" | "stopped" | "failed";
  readonly items: number;
  readonly expected: number;
  readonly units: number;
  readonly expectedUnits: number;
  readonly price: string;
  readonly weights: readonly Weight[];
}
