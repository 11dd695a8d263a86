package parley.host;

import java.security.SecureRandom;
import java.time.InstantSource;
import parley.api.UseCases;
import parley.messaging.Hearing;
import parley.messaging.Secret;
import parley.messaging.account.Accounts;
import parley.messaging.account.FailedSignIns;
import parley.messaging.account.PasswordHasher;
import parley.messaging.account.Sessions;
import parley.messaging.account.SharedAccounts;
import parley.messaging.block.Blocks;
import parley.messaging.conversation.Conversations;
import parley.messaging.conversation.PairIds;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Receipts;
import parley.messaging.event.Audience;
import parley.messaging.event.Tickets;
import parley.messaging.export.Dossier;
import parley.messaging.export.Exports;
import parley.messaging.inbox.Clearings;
import parley.messaging.inbox.Filing;
import parley.messaging.inbox.Inbox;
import parley.messaging.inbox.Projector;
import parley.messaging.inbox.Rebuild;
import parley.messaging.message.Appends;
import parley.messaging.message.Approaches;
import parley.messaging.message.Log;
import parley.messaging.message.Messages;
import parley.messaging.message.Tails;
import parley.messaging.operator.Operators;
import parley.messaging.report.Reports;
import parley.messaging.retention.Sweeper;
import parley.store.AccountItems;
import parley.store.ApproachItems;
import parley.store.BlockItems;
import parley.store.FailureItems;
import parley.store.InboxRows;
import parley.store.MessageLog;
import parley.store.SessionItems;
import parley.store.Table;
import parley.store.TableSurvey;
import parley.store.TicketItems;

/// The use cases, wired to the table and the secret of a deployment.
public record Services(
    InstantSource clock,
    Accounts accounts,
    Sessions sessions,
    Conversations conversations,
    Messages messages,
    Inbox inbox,
    Filing filing,
    Clearings clearings,
    Blocks blocks,
    Hearing hearing,
    Log log,
    Tails tails,
    Projector projector,
    Rebuild rebuild,
    Tickets tickets,
    Audience audience,
    Operators operators,
    Reports reports,
    Erasures erasures,
    Eraser eraser,
    Receipts receipts,
    Dossier dossier,
    Exports exports,
    Sweeper sweeper) {
  /// `appends` hears at once of what is appended here.
  public static Services on(Table table, Secret secret, InstantSource clock, Appends appends) {
    return on(table, secret, clock, appends, Leaving.DEFAULT, Terms.DEFAULT, SharedAccounts.NONE);
  }

  /// The same, with what is done for those who leave, what holds for everybody, and what processes
  /// share of the people that they show.
  public static Services on(
      Table table,
      Secret secret,
      InstantSource clock,
      Appends appends,
      Leaving leaving,
      Terms terms,
      SharedAccounts shared) {
    SecureRandom random = new SecureRandom();
    MessageLog log = new MessageLog(table);
    InboxRows rows = new InboxRows(table);
    Hearing hearing = new Hearing();
    Tails tails = new Tails(clock, hearing);
    Blocks blocks = new Blocks(new BlockItems(table), clock, hearing);
    Approaches approaches = new Approaches(new ApproachItems(table), terms.strangersADay());
    Sweeper sweeper = terms.sweeper(table, clock);
    Clearings clearings = new Clearings(rows, clock, hearing);
    Inbox inbox = new Inbox(rows, log, tails, clock, sweeper.vanishing());
    FailedSignIns failed = new FailedSignIns(new FailureItems(table), secret, clock);
    PasswordHasher hasher = new PasswordHasher(random);
    Accounts accounts =
        new Accounts(new AccountItems(table), failed, hasher, clock, random, shared);
    SessionItems began = new SessionItems(table);
    Sessions sessions = new Sessions(began, accounts, clock, random);
    Messages messages =
        new Messages(log, log, tails, clock, clearings, blocks, approaches, sweeper, appends);
    Personal own = Personal.on(table, secret, clock, leaving, log, messages, accounts, sessions);
    return new Services(
        clock,
        accounts,
        sessions,
        new Conversations(log, new PairIds(secret), clock, tails::knows, tails::opened),
        messages,
        inbox,
        new Filing(rows, inbox, log, clearings, clock),
        clearings,
        blocks,
        hearing,
        log,
        tails,
        new Projector(log, rows),
        new Rebuild(log, rows, new TableSurvey(table)),
        new Tickets(new TicketItems(table), sessions, clock, random),
        new Audience(rows, began, tails, clock),
        own.operators(),
        own.reports(),
        own.erasures(),
        own.eraser(),
        own.receipts(),
        own.dossier(),
        own.exports(),
        sweeper);
  }

  /// Those that the contract calls.
  public UseCases forApi() {
    return new UseCases(
        accounts,
        sessions,
        conversations,
        messages,
        inbox,
        filing,
        blocks,
        reports,
        tickets,
        erasures,
        exports,
        sweeper.vanishing());
  }
}
