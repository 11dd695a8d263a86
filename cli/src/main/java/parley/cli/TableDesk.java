package parley.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.host.Services;
import parley.host.export.ZipArchive;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.export.Archive;
import parley.messaging.export.Dossier;
import parley.messaging.operator.Actor;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Operators;
import parley.messaging.operator.Operators.Erased;
import parley.messaging.operator.Operators.Relinked;
import parley.messaging.operator.Operators.Reset;
import parley.messaging.operator.Scope;
import parley.messaging.operator.Users;
import parley.messaging.operator.Users.Whom;
import parley.server.Deployment;
import parley.server.Refused;

/// Orders carried out in this process, on the table itself.
final class TableDesk implements OperatorDesk {
  private final Deployment deployment;
  private final Operators operators;
  private final Dossier dossier;
  private final Actor actor;

  TableDesk(Deployment deployment, Services services, String user) {
    this.deployment = deployment;
    this.operators = services.operators();
    this.dossier = services.dossier();
    this.actor = Actor.commandLine(user);
  }

  @Override
  public Made make(OperatorName name, Set<Scope> scopes, Duration life) {
    Operators.Issued issued = operators.issue(name, scopes, life, actor);
    if (issued == null) {
      throw new Refused(
          "There are "
              + Limits.OPERATOR_TOKENS
              + " tokens, as many as there may be. Take one back with `parley operator token revoke`.");
    }
    return new Made(
        issued.token().value(), issued.operator().id().value(), issued.operator().expiresAt());
  }

  @Override
  public List<Token> tokens() {
    return operators.all().stream()
        .map(operator ->
            new Token(
                operator.id().value(),
                operator.name().value(),
                operator.scopes().stream().map(Scope::text).sorted().toList(),
                operator.createdAt(),
                operator.expiresAt()))
        .toList();
  }

  @Override
  public void revoke(OperatorId id) {
    if (!operators.revoke(id, actor)) {
      throw Refused.input(
          "There is no token " + id + ". `parley operator token list` shows those that there are.");
    }
  }

  @Override
  public List<Line> audit(@Nullable String key) {
    return operators.trail(key).stream()
        .map(entry ->
            new Line(
                entry.key(),
                entry.at(),
                entry.actor().value(),
                entry.action().name(),
                entry.subject()))
        .toList();
  }

  @Override
  public void resetPassword(Handle handle, String password) {
    switch (operators.resetPassword(handle, password, actor)) {
      case Reset.Done _ -> {
        // Said by the command.
      }
      case Reset.NoAccount() ->
          throw Refused.input(
              "Nobody has the handle "
                  + handle
                  + ", or they sign in without a password. Check the handle.");
      case Reset.Unfit(_, String why) -> throw Refused.input(why);
    }
  }

  @Override
  public void relink(Handle handle, Identity identity) {
    switch (operators.relink(handle, identity, actor)) {
      case Relinked.Done _ -> {
        // Said by the command.
      }
      case Relinked.NoAccount() ->
          throw Refused.input("Nobody has the handle " + handle + ". Check the handle.");
      case Relinked.Contended() ->
          throw new Refused(
              Refused.Why.BUSY,
              "Others change where this identity leads at the same time. Run the same again.");
    }
  }

  @Override
  public String create(Identity identity, @Nullable String handle, @Nullable String name) {
    // No provider is known here, so nobody is known again by it.
    return switch (operators
        .users()
        .create(identity, Introduction.of(handle, name), List.of(), actor)) {
      case Users.Created.Done(Account account, _) -> account.handle().value();
      case Users.Created.Gone() ->
          throw Refused.input(
              "This identity was said to be gone at its provider. If that was wrong, let it lead to an"
                  + " account with `parley user relink`.");
      case Users.Created.NotNow() ->
          throw new Refused(
              Refused.Why.BUSY, "No handle could be had just now. Run the same again.");
    };
  }

  @Override
  public String gone(Identity identity) {
    Account account = operators.users().gone(identity, actor);
    if (account == null) {
      throw Refused.input("Nobody is known by this identity. Check issuer and subject.");
    }
    return account.handle().value();
  }

  @Override
  public String rename(Handle handle, @Nullable Handle next, @Nullable DisplayName name) {
    return change(handle, new Users.Change(next, name, null));
  }

  @Override
  public void setDisabled(Handle handle, boolean disabled) {
    String _ = change(handle, new Users.Change(null, null, disabled));
  }

  /// The handle that they have then.
  private String change(Handle handle, Users.Change change) {
    return switch (operators.users().change(new Whom.WithHandle(handle), change, actor)) {
      case Users.Changed.Done(Account account) -> account.handle().value();
      case Users.Changed.HandleTaken() ->
          throw Refused.input(
              "Somebody else has the handle "
                  + change.handle()
                  + ", or it is kept for them. Choose another one.");
      case Users.Changed.TooOften(Instant until) ->
          throw Refused.input(
              "As many handles as may be are kept for "
                  + handle
                  + ". The first of them is free on "
                  + until.truncatedTo(ChronoUnit.SECONDS)
                  + ".");
      case Users.Changed.NoAccount() ->
          throw Refused.input("Nobody has the handle " + handle + ". Check the handle.");
    };
  }

  @Override
  public Erasing erase(Handle handle, Duration grace) {
    return switch (operators.erase(handle, grace, actor)) {
      case Erased.Asked(_, Instant dueAt, String code) -> new Erasing(dueAt, code);
      case Erased.Already() ->
          throw Refused.input(
              handle + " is to be erased already. `parley user erasures` shows how far that is.");
      case Erased.NoAccount() ->
          throw Refused.input("Nobody has the handle " + handle + ". Check the handle.");
    };
  }

  @Override
  public List<ErasureLine> erasures() {
    return operators.erasures().stream()
        .map(job ->
            new ErasureLine(
                job.handle().value(),
                job.dueAt(),
                job.step().name().toLowerCase(Locale.ROOT),
                job.nextAt(),
                job.removed().values().stream().mapToLong(Long::longValue).sum()))
        .toList();
  }

  @Override
  public void export(Handle handle, Path to) {
    Account account = operators.exports(handle, actor);
    if (account == null) {
      throw Refused.input("Nobody has the handle " + handle + ". Check the handle.");
    }
    try (Archive archive =
        new ZipArchive(
            new BufferedOutputStream(Files.newOutputStream(to, StandardOpenOption.WRITE)))) {
      dossier.write(account, archive, null, (_, _) -> {});
    } catch (IOException e) {
      throw Refused.input("The file " + to + " cannot be written.");
    }
  }

  @Override
  public void close() {
    deployment.close();
  }
}
