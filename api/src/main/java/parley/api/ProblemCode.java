package parley.api;

import java.util.Locale;
import parley.messaging.Limits;

/// Every way in which a request can be refused.
///
/// The lower-cased name is the problem's `code`: stable, and what programs decide by. `title` is
/// the same for every occurrence; `detail` says what, why and what to do, and is what an occurrence
/// says unless it knows better.
enum ProblemCode {
  REQUEST_MALFORMED(
      400,
      "Malformed request",
      "The request is not well-formed HTTP, or its headers are too large, so nothing was done. Check"
          + " its request line and its headers."),
  BODY_NOT_JSON(
      400,
      "The body is not JSON",
      "The body is not one well-formed JSON value, so nothing was done. Send JSON in UTF-8."),
  BODY_INCOMPLETE(
      400,
      "The body broke off",
      "The body ended before it was complete, so nothing was done. Send the request again."),
  CREDENTIALS_AMBIGUOUS(
      400,
      "More than one session",
      "The request shows more than one session: two cookies, or a cookie and another token in"
          + " Authorization. Nothing was done. Send one of them."),
  TOKEN_MISSING(
      401,
      "Not signed in",
      "This needs a session. Sign in with POST /api/sessions and send its token as Authorization:"
          + " Bearer."),
  TOKEN_INVALID(
      401,
      "The session is over",
      "This token belongs to no session: it has ended, has expired, or never was. Sign in again."),
  TICKET_INVALID(
      401,
      "No good ticket",
      "A connection is opened with the subprotocols parley.v1 and a ticket. This ticket was used, has"
          + " expired, or never was. Make another with POST /api/events/ticket."),
  CREDENTIALS_WRONG(
      401,
      "Not signed in",
      "There is no account with this handle and this password. Check both and try again."),
  ACCOUNT_DISABLED(
      403,
      "The account is disabled",
      "Handle and password are right, and whoever runs this service has disabled the account, so"
          + " nobody is signed in. Ask them. What was written is still there."),
  ORIGIN_REFUSED(
      403,
      "Not from a page of this server",
      "With a session in a cookie, this is taken only from this server's own pages, and the Origin"
          + " header names none of them, so nothing was done. Use a token, or have whoever runs this"
          + " server give --public-url the address that browsers show."),
  SCOPE_MISSING(
      403,
      "Not with this token",
      "This token may do other things, and not this. Make one with the scope that this needs."),
  PROVIDER_NOT_FOUND(
      404,
      "No such identity provider",
      "There is no identity provider of this name here. GET /api/config says which there are."),
  ROUTE_NOT_FOUND(
      404,
      "No such address",
      "There is nothing at this address. GET /openapi.json lists all that there is."),
  WEB_CLIENT_MISSING(
      404,
      "No web client",
      "This server was built without its web client, so there is no page here. The API is all there:"
          + " GET /openapi.json lists it."),
  DEMO_PERSON_NOT_FOUND(
      404,
      "No such person in a demonstration",
      "Nobody by this handle can be signed in as without a password. Sign in with POST"
          + " /api/sessions, or start the server with --demo, which offers two people."),
  TOKEN_OF_PROVIDER(
      409,
      "A token of an identity provider",
      "This token is an identity provider's, and holds until its own end, so nothing was done. Sign"
          + " out there; DELETE /api/sessions ends every session here, this token too."),
  NOBODY_THERE(
      409,
      "Nobody is there any more",
      "Everybody else in this conversation has left, and their accounts are gone, so nothing was"
          + " sent. What was written stays readable."),
  CONVERSATION_EMPTY(
      409,
      "Nothing is written yet",
      "Nobody has written in this conversation yet, so there is nothing to keep. Write first, then say"
          + " for how long messages are kept."),
  CONVERSATION_NOT_FOUND(
      404,
      "No such conversation",
      "You have no such conversation. Check its id, or open it with POST /api/conversations."),
  MESSAGE_NOT_FOUND(
      404,
      "No such message",
      "There is no message of yours with this number here: it never was, is somebody else's, was"
          + " unsent, or has vanished. Nothing was done. Read the conversation again."),
  PERSON_NOT_FOUND(
      404,
      "No such person",
      "Nobody else has this account id, so nothing was done. Find people with GET"
          + " /api/accounts?prefix=."),
  ACCOUNT_UNKNOWN(
      404,
      "No such account",
      "Nobody has this handle, or they sign in without a password. Check the handle."),
  EXPORT_UNKNOWN(
      404,
      "Nothing to fetch",
      "This link fetches nothing: it was used, its day is over, or the archive is not ready. Look with"
          + " GET /api/me/export, or ask for another one with POST /api/me/export."),
  ERASURE_UNKNOWN(
      404,
      "No such erasure",
      "There is no erasure that could be meant: none was asked for, it has begun and cannot be taken"
          + " back, or its receipt lay unclaimed for too long."),
  OPERATOR_TOKEN_UNKNOWN(
      404,
      "No such token",
      "There is no operator's token with this id. `parley operator token list` shows those that there"
          + " are."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "This address does not know this method. The Allow header lists those that it knows."),
  HANDLE_TAKEN(
      409, "The handle is taken", "Somebody else has this handle already. Choose another one."),
  IDENTITY_GONE(
      409,
      "The identity is gone",
      "Its provider was said to have no such subject any more, so no account is made for it. If that"
          + " was wrong, let it lead to an account with PUT /operator/identities/{handle}."),
  EXPORT_UNDER_WAY(
      409,
      "Being written",
      "An archive of this account is being written. GET /api/me/export says how far it is."),
  EXPORT_NO_PLACE(
      409,
      "No place for archives",
      "This deployment keeps no archives. Ask whoever runs it for yours: `parley user export` writes"
          + " one, and --export-folder lets people fetch theirs."),
  ERASURE_ASKED(
      409,
      "Already asked for",
      "This account is to be erased already. Until it begins, its person can take that back with DELETE"
          + " /api/me/erasure, or get another code by asking again."),
  HANDLE_CHANGED_TOO_OFTEN(
      409,
      "The handle was changed too often",
      "As many handles as may be are kept for you, so this was not changed. You may have any of them"
          + " back."),
  CLIENT_ID_REUSED(
      409,
      "The clientId names something else",
      "You have sent something else under this clientId, so this was not stored. Make a new clientId"
          + " for each message, and repeat one only for the very same text."),
  TOO_MANY_TOKENS(
      409,
      "Too many tokens",
      "There are as many operators' tokens as there may be. Take one back with `parley operator token"
          + " revoke`."),
  BODY_TOO_LARGE(
      413,
      "The body is too large",
      "The body has more than " + Bounds.BODY_BYTES + " bytes, so nothing was done. Send less."),
  URI_TOO_LONG(
      414, "The address is too long", "The request line is too long. Send a shorter address."),
  MEDIA_TYPE_UNSUPPORTED(
      415,
      "Unsupported media type",
      "The body must be JSON in UTF-8, neither compressed nor in any other encoding. Send it with"
          + " Content-Type: application/json."),
  HOST_REFUSED(
      421,
      "Not meant for here",
      "The Host header names somebody else, so nothing was done. Call this by the name of the machine"
          + " that it listens on, such as localhost."),
  VALIDATION_FAILED(
      422,
      "Some of it is not valid",
      "Nothing was done, because some of what was sent is not valid. See errors, field by field."),
  CURSOR_INVALID(
      422,
      "Not a cursor",
      "This cursor was not given out for this list and this account. Leave it out to begin at the"
          + " top, and otherwise send the last page's next as it is."),
  PARTICIPANTS_COUNT(
      422,
      "Not one other person",
      "A conversation is opened with exactly one other person. Name one handle or account id."),
  PARTICIPANT_SELF(
      422,
      "That is yourself",
      "A conversation needs somebody else: you have named yourself. Name the other person."),
  PARTICIPANT_UNKNOWN(
      422,
      "No such person",
      "Nobody has this handle or account id. Find people with GET /api/accounts?prefix=."),
  EDIT_TOO_LATE(
      422,
      "Too late to edit",
      "A message can be edited for "
          + Limits.EDIT_WITHIN.toHours()
          + " hours after it was sent, and this one is older, so it was not changed. Unsend it, or"
          + " send another one."),
  CLIENT_ID_IN_FUTURE(
      422,
      "The clientId is from the future",
      "The time in this clientId is too far ahead of the server's, which is given in now, so the"
          + " message was not stored. Correct the clock and send the message under a new clientId."),
  CLIENT_ID_EXPIRED(
      422,
      "The clientId is too old",
      "This clientId is too old to tell whether the message was stored before; the server's time is"
          + " given in now. Read the conversation, and if the message is missing, send it under a new"
          + " clientId."),
  NOTHING_TO_REPORT(
      422,
      "Nothing to report",
      "There is no message of somebody else's with this number here: it never was, is your own, or was"
          + " unsent. Nothing was done. Send the seq of a message that you see."),
  READ_BEYOND_LAST(
      422,
      "There is no such entry yet",
      "This is beyond the end of the conversation, which is given in lastSeq, so nothing was marked"
          + " as read. Send the seq of an entry that you have seen."),
  CONFIRMATION_MISSING(
      422,
      "Password needed",
      "This cannot be undone, so the password is asked for once more. Send it, or sign in again and"
          + " ask within five minutes."),
  PASSWORD_WRONG(
      422,
      "The current password is wrong",
      "The password was not changed, because the current one is not right. Check it and try again."),
  UPGRADE_REQUIRED(
      426,
      "This is for WebSockets",
      "Events come over a WebSocket, and this request does not ask for one. Open one here with the"
          + " subprotocols parley.v1 and a ticket from POST /api/events/ticket."),
  RATE_LIMITED(
      429,
      "Too often",
      "This was done too often, so it was not done again. Wait for as many seconds as Retry-After"
          + " says; the RateLimit header says how much is left of which limit."),
  TOO_MANY_STRANGERS(
      429,
      "Too many strangers today",
      "You have written to "
          + Limits.STRANGERS_A_DAY
          + " people today with whom you had not talked before, and this is one more, so it was not"
          + " sent. People with whom you have talked can be written to as ever. Send it after as many"
          + " seconds as Retry-After says, when a new day begins in UTC."),
  SIGN_IN_PAUSED(
      429,
      "Too many wrong passwords",
      "Too many wrong passwords were given for this handle from where you are, so this one was not"
          + " looked at. Wait for as many seconds as Retry-After says, and try again."),
  INTERNAL(
      500,
      "Something went wrong",
      "Something went wrong on the server, and has been recorded under this requestId. Try again; if"
          + " it stays, give the requestId to whoever runs this server."),
  TOO_BUSY(
      503,
      "Too busy",
      "Too many are at this at once, so nothing was done. Try again in a moment; a message may be"
          + " sent again under the same clientId."),
  PROVIDER_UNAVAILABLE(
      503,
      "The identity provider does not answer",
      "The identity provider did not answer, so it is not known who this is. Try again in a moment."),
  STORE_UNAVAILABLE(
      503,
      "The store does not answer",
      "The store did not answer in time, so it is not known whether this was done. Try again in a"
          + " moment; a message may be sent again under the same clientId, and is never stored"
          + " twice."),
  NOT_READY(
      503,
      "Not ready",
      "The store does not answer, or this server is about to stop, so no requests should be sent here"
          + " now."),
  VERSION_UNSUPPORTED(
      505,
      "Unsupported version of HTTP",
      "This speaks HTTP/1.1. Send the request in that version.");

  private final int status;
  private final String title;
  private final String detail;

  ProblemCode(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String detail() {
    return detail;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
