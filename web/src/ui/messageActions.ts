/// What a conversation lets one do with its messages.
import { createContext, use } from "react";
import type { MessageView } from "../core";

export interface MessageActions {
  readonly edit: (message: MessageView) => void;
  /// Asks first.
  readonly unsend: (message: MessageView) => void;
  /// Asks first.
  readonly report: (message: MessageView) => void;
}

export const MessageActionsContext = createContext<MessageActions | null>(null);

export function useMessageActions(): MessageActions | null {
  return use(MessageActionsContext);
}
