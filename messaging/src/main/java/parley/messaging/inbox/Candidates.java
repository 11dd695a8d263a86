package parley.messaging.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;

/// The rows that may belong on one page of a large inbox: taken from the index from the top down,
/// as few as can be, and never more than [Limits#INBOX_CANDIDATES].
final class Candidates {
  /// Places asked for beyond the rows of a page at first: keys are cheap, and a second round trip
  /// to the index costs as much as a whole page of them.
  private static final int AHEAD = 10;

  private final InboxStore store;
  private final UserId user;
  private final Set<Folder> folders;
  private final List<Place> places = new ArrayList<>();
  private final List<InboxRow> rows = new ArrayList<>();
  private @Nullable Place below;
  private int fetched;
  private boolean exhausted;

  Candidates(InboxStore store, UserId user, Set<Folder> folders, @Nullable Place below) {
    this.store = store;
    this.user = user;
    this.folders = folders;
    this.below = below;
  }

  /// The rows so far.
  List<InboxRow> rows() {
    return rows;
  }

  /// Fetches `count` more rows, or as many as there may be; whether there were any.
  boolean fetch(int count) {
    while (places.size() < fetched + count && look(fetched + count + AHEAD - places.size())) {
      // Look further down the index.
    }
    return fetchUpTo(Math.min(places.size(), fetched + count));
  }

  /// Fetches every row whose place is not before `time`, or as many as there may be; whether there
  /// were any.
  boolean fetchDownTo(Instant time) {
    while (!reaches(time) && look(Limits.INBOX_CANDIDATES)) {
      // Look further down the index.
    }
    int upTo = fetched;
    while (upTo < places.size() && !places.get(upTo).movedAt().isBefore(time)) {
      upTo++;
    }
    return fetchUpTo(upTo);
  }

  /// Whether every row that moved at `time` or later is known.
  boolean reaches(Instant time) {
    return exhausted || !places.isEmpty() && places.getLast().movedAt().isBefore(time);
  }

  /// Whether these are all that there are below the start.
  boolean areAll() {
    return exhausted && fetched == places.size();
  }

  /// The last place that was taken.
  Place floor() {
    return places.getLast();
  }

  /// Places of some folders, as if they were one: highest first, each as one of the inbox.
  static List<Place> places(
      InboxStore store, UserId user, Set<Folder> folders, @Nullable Place below, int limit) {
    List<Place> all = new ArrayList<>();
    for (Folder folder : folders) {
      Place from = below == null ? null : in(folder.code(), below);
      store
          .places(user, folder.code(), from, limit)
          .forEach(place -> all.add(in(Place.INBOX, place)));
    }
    all.sort(Comparator.reverseOrder());
    return all.subList(0, Math.min(limit, all.size()));
  }

  private static Place in(String folder, Place place) {
    return new Place(folder, place.movedAt(), place.conversation());
  }

  private boolean look(int wanted) {
    int limit = Math.min(wanted, Limits.INBOX_CANDIDATES - places.size());
    if (exhausted || limit <= 0) {
      return false;
    }
    List<Place> more = places(store, user, folders, below, limit);
    exhausted = more.size() < limit;
    places.addAll(more);
    below = places.isEmpty() ? below : places.getLast();
    return !more.isEmpty();
  }

  private boolean fetchUpTo(int upTo) {
    if (upTo == fetched) {
      return false;
    }
    List<Place> wanted = places.subList(fetched, upTo);
    rows.addAll(store.rows(user, wanted.stream().map(Place::conversation).toList()));
    fetched = upTo;
    return true;
  }
}
