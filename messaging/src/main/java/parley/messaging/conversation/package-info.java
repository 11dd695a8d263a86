/// Conversations: who talks to whom. Use case: [Conversations]. Port: [ConversationStore].
@NullMarked
package parley.messaging.conversation;

import org.jspecify.annotations.NullMarked;
