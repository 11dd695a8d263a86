package parley.messaging.account;

/// Who makes a request, and by which session.
public record Authenticated(Account account, Session session) {}
