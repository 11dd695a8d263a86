package parley.api;

import static parley.api.ProblemCode.PERSON_NOT_FOUND;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.People.Participant;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.block.Blocks;

/// Blocking people, and whom one has blocked.
final class BlockRoutes {
  private static final String LIST = "/api/blocks";
  private static final String ONE = LIST + "/{userId}";

  private static final Parameter<String> AFTER =
      Parameter.text("after", "The last page's next, as it is. Left out for the first page.");

  private final Accounts accounts;
  private final Blocks blocks;
  private final People people;

  BlockRoutes(UseCases useCases, People people) {
    this.accounts = useCases.accounts();
    this.blocks = useCases.blocks();
    this.people = people;
  }

  @Wire(name = "Blocked", doc = "Somebody whom one has blocked.")
  record Blocked(@Doc("Who it is.") Participant account, @Doc("Since when.") Instant since) {}

  @Wire(name = "BlocksPage", doc = "A page of those whom one has blocked.")
  record BlocksPage(
      List<Blocked> items,
      @Doc("What to pass as after for the next page, null on the last.") @Nullable UserId next) {
    BlocksPage {
      items = List.copyOf(items);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.get(LIST, "listBlocks", "Whom one has blocked.")
            .limited(RateLimit.GENERAL)
            .takes(AFTER)
            .answers(BlocksPage.class, 200)
            .by(this::list),
        Route.put(
                ONE,
                "block",
                "Blocks somebody: what they write from now on is not shown. They are not told.")
            .limited(RateLimit.GENERAL)
            .refuses(PERSON_NOT_FOUND)
            .by(this::block),
        Route.delete(ONE, "unblock", "Takes a block back, for what they write from now on.")
            .limited(RateLimit.GENERAL)
            .refuses(PERSON_NOT_FOUND)
            .by(this::unblock));
  }

  private Answer<BlocksPage> list(Call call) {
    String given = call.find(AFTER);
    if (given != null && !UserId.isId(given)) {
      throw Faults.of(
          AFTER.name(),
          new Parsed.Bad<>("not_a_next", "This is no page's next. Leave it out, or send one."));
    }
    List<Block> page = blocks.page(call.myId(), given == null ? null : new UserId(given));
    Map<UserId, Account> known = people.byId(page.stream().map(Block::blocked).toList());
    return Answer.ok(
        new BlocksPage(
            page.stream()
                .map(one -> new Blocked(People.participant(one.blocked(), known), one.since()))
                .toList(),
            page.size() < Limits.BLOCKS_PAGE ? null : page.getLast().blocked()));
  }

  private Answer<Answer.Nothing> block(Call call) {
    UserId other = call.person();
    if (other.equals(call.myId()) || accounts.byId(other) == null) {
      throw Problem.of(PERSON_NOT_FOUND).refusal();
    }
    blocks.block(call.myId(), other);
    return Answer.nothing();
  }

  private Answer<Answer.Nothing> unblock(Call call) {
    blocks.unblock(call.myId(), call.person());
    return Answer.nothing();
  }
}
