package parley.api;

import static parley.api.ProblemCode.CLIENT_ID_EXPIRED;
import static parley.api.ProblemCode.CLIENT_ID_IN_FUTURE;
import static parley.api.ProblemCode.CLIENT_ID_REUSED;
import static parley.api.ProblemCode.CONVERSATION_EMPTY;
import static parley.api.ProblemCode.CONVERSATION_NOT_FOUND;
import static parley.api.ProblemCode.NOBODY_THERE;
import static parley.api.ProblemCode.TOO_BUSY;

import java.util.List;
import parley.messaging.Limits;
import parley.messaging.message.ClientId;
import parley.messaging.message.Messages;
import parley.messaging.message.Vanishing;
import parley.messaging.message.Written;

/// For how long a conversation keeps what is written in it.
final class RetentionRoutes {
  private final Messages messages;
  private final Vanishing vanishing;

  RetentionRoutes(Messages messages, Vanishing vanishing) {
    this.messages = messages;
    this.vanishing = vanishing;
  }

  @Wire(name = "NewRetention", doc = "For how long messages are to be kept from here on.")
  record NewRetention(
      @Doc(
              "A UUID of version 7, new for each time that it is said, and the same when that is"
                  + " repeated.")
          ClientId clientId,
      @Doc("After how many days a message vanishes, 0 for never.")
          @Range(min = 0, max = Limits.RETENTION_DAYS_MAX)
          long days) {}

  List<Route> routes() {
    return List.of(
        Route.put(
                "/api/conversations/{id}/retention",
                "keepMessages",
                "Lets messages from here on vanish some days after they were sent, for everybody, or"
                    + " no longer. Those that are there already stay as they are.")
            .limited(RateLimit.SEND)
            .answers(Items.Retention.class, 200)
            .refuses(
                CONVERSATION_NOT_FOUND,
                CONVERSATION_EMPTY,
                NOBODY_THERE,
                CLIENT_ID_REUSED,
                CLIENT_ID_IN_FUTURE,
                CLIENT_ID_EXPIRED,
                TOO_BUSY)
            .by(NewRetention.class, this::retain));
  }

  private Answer<Items.Retention> retain(Call call, NewRetention body) {
    int days = Math.toIntExact(body.days());
    Written written = messages.retain(call.myId(), call.conversation(), body.clientId(), days);
    return Answer.ok(
        (Items.Retention) Items.of(MessageRoutes.entry(written), call.myId(), vanishing));
  }
}
