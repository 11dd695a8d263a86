package parley.api;

import parley.messaging.account.Accounts;
import parley.messaging.account.Sessions;
import parley.messaging.block.Blocks;
import parley.messaging.conversation.Conversations;
import parley.messaging.erasure.Erasures;
import parley.messaging.event.Tickets;
import parley.messaging.export.Exports;
import parley.messaging.inbox.Filing;
import parley.messaging.inbox.Inbox;
import parley.messaging.message.Messages;
import parley.messaging.message.Vanishing;
import parley.messaging.report.Reports;

/// The use cases that the routes call.
public record UseCases(
    Accounts accounts,
    Sessions sessions,
    Conversations conversations,
    Messages messages,
    Inbox inbox,
    Filing filing,
    Blocks blocks,
    Reports reports,
    Tickets tickets,
    Erasures erasures,
    Exports exports,
    Vanishing vanishing) {}
